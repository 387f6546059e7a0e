/** @import {Event} from "../types" */

import { set } from "../../element.js";
import { exact } from "../../format.js";
import { read, toNumber } from "../array.js";
import { dragged, factorOf, moved, stepFor } from "../scrub.js";
import { html } from "./element.js";

/** How far a press moves before it is a drag. */
const SLACK = 3;

/** Drags and runs of keys are numbered, so that each is one entry of the history. */
let gestures = 0;

/**
 * The field of an input's number: typed, dragged sideways, or moved by arrow keys.
 *
 * @param {string} node
 * @param {(event: Event) => void} emit
 */
export function createField(node, emit) {
  const input = html("input", {
    type: "text",
    class: "field",
    role: "spinbutton",
    inputmode: "decimal",
    autocomplete: "off",
    spellcheck: "false",
    size: 8,
  });
  let value = 0;
  let gesture = "";
  /** @type {{x: number, start: number, moved: boolean} | null} */
  let drag = null;

  const begin = () => {
    gesture = `${node}#${++gestures}`;
  };
  /** @param {number} next */
  const edit = (next) => {
    if (next === value) return;
    value = next;
    show();
    emit({ type: "value/edited", node, value, gesture });
  };
  const show = () => {
    input.value = exact(value);
    input.setAttribute("aria-valuenow", exact(value));
  };

  input.addEventListener("focus", () => {
    begin();
    emit({ type: "node/chosen", node });
  });
  input.addEventListener("input", () => {
    const result = read(input.value);
    if ("value" in result && typeof result.value === "number") {
      value = result.value;
      input.setAttribute("aria-valuenow", exact(value));
      emit({ type: "value/edited", node, value, gesture });
    } else {
      const message = "message" in result ? result.message : "scalar";
      emit({ type: "value/rejected", node, text: input.value, message });
    }
  });
  input.addEventListener("blur", () => {
    emit({ type: "draft/dropped" });
    show();
  });
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (undoes(event)) {
      event.preventDefault();
      emit({ type: undoes(event) });
      begin();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      edit(moved(value, event.key === "ArrowUp" ? 1 : -1, stepFor(value) * factorOf(event)));
    } else if (event.key === "Enter") input.select();
    else if (event.key === "Escape") input.blur();
  });

  input.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    drag = { x: event.clientX, start: value, moved: false };
    if (document.activeElement !== input) event.preventDefault();
    input.setPointerCapture(event.pointerId);
    begin();
  });
  /** @param {PointerEvent} event */
  const follow = (event) => {
    if (!drag) return;
    const distance = event.clientX - drag.x;
    if (!drag.moved && Math.abs(distance) < SLACK) return;
    if (!drag.moved) {
      drag.moved = true;
      emit({ type: "node/chosen", node });
      input.classList.add("is-scrubbed");
    }
    edit(dragged(drag.start, distance, factorOf(event)));
  };
  // The raw event comes as the pointer moves, the other one only with the next frame: the answer is on its way by then.
  input.addEventListener("pointerrawupdate", (event) => follow(/** @type {PointerEvent} */ (event)));
  input.addEventListener("pointermove", follow);
  /** @param {PointerEvent} event */
  const release = (event) => {
    if (drag && !drag.moved && document.activeElement !== input) {
      input.focus();
      input.select();
    }
    // Arrow keys go on from where the mouse let go; a finger would call up the keyboard.
    if (drag?.moved && event.pointerType === "mouse") input.focus({ preventScroll: true });
    drag = null;
    input.classList.remove("is-scrubbed");
  };
  input.addEventListener("pointerup", release);
  input.addEventListener("pointercancel", release);
  input.addEventListener("lostpointercapture", release);

  return {
    element: input,
    /** @param {{name: string, value: import("../types").Value, message: string | null}} shown */
    update({ name, value: next, message }) {
      set(input, "aria-label", name);
      set(input, "aria-invalid", String(message !== null));
      if (message === null) input.removeAttribute("title");
      else set(input, "title", message);
      const given = toNumber(/** @type {any} */ (next));
      if (Object.is(given, value) && input.value !== "") return;
      value = given;
      const typing =
        document.activeElement === input && (message !== null || toNumber(/** @type {any} */ (input.value)) === given);
      if (!typing) show();
      else input.setAttribute("aria-valuenow", exact(value));
    },
  };
}

/** What Ctrl+Z and its like ask for: in a number's field it is the graph's history. @param {KeyboardEvent} event @returns {any} */
function undoes({ key, ctrlKey, metaKey, shiftKey }) {
  if (!ctrlKey && !metaKey) return null;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "history/redone" : "history/undone";
  return letter === "y" ? "history/redone" : null;
}
