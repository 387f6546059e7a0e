/** @import {Event, Value} from "../types" */

import { set } from "../../element.js";
import { exact } from "../../format.js";
import { at, read, replaced, shapeOf } from "../array.js";
import { factorOf, moved, stepFor } from "../scrub.js";
import { html } from "./element.js";

/** Above this many cells an array is edited as text alone. */
const MOST_CELLS = 400;

/**
 * The grid of an array's numbers: each cell is a field; text pasted from a spreadsheet or NumPy replaces it all.
 *
 * @param {HTMLElement} container
 * @param {{node: string, name: string, value: Value, words: {close: string, paste: string, refused: (message: string) => string}}} array
 * @param {{emit: (event: Event) => void, close: () => void}} needs
 */
export function openGrid(container, { node, name, value, words }, { emit, close }) {
  const gesture = `${node}#grid${performance.now()}`;
  let present = value;
  const refusal = html("p", { class: "refusal", role: "alert" });
  const sheet = html("div", { class: "sheet" });

  /** @param {Value} next */
  const edit = (next) => {
    present = next;
    refusal.textContent = "";
    emit({ type: "value/edited", node, value: next, gesture });
  };
  const text = html("textarea", { rows: 2, "aria-label": name, spellcheck: "false", placeholder: words.paste });
  text.value = numpyText(value);
  /** @param {string} pasted */
  const take = (pasted) => {
    const result = read(pasted);
    if ("value" in result) edit(result.value);
    else refusal.textContent = words.refused(result.message);
    return "value" in result;
  };
  text.addEventListener("input", () => {
    if (take(text.value)) fill();
  });

  /** The cells show what the text says. */
  function fill() {
    const shape = shapeOf(present);
    const cells = shape.reduce((a, b) => a * b, 1) > MOST_CELLS ? [] : indexes(shape).map((index) => cell(index));
    sheet.style.setProperty("--columns", String(shape.at(-1) ?? 1));
    sheet.replaceChildren(...cells);
  }

  /** @param {number[]} index */
  function cell(index) {
    const input = html("input", {
      type: "text",
      role: "spinbutton",
      inputmode: "decimal",
      "aria-label": `${name} [${index.join(", ")}]`,
      size: 6,
    });
    input.value = exact(/** @type {any} */ (at(present, index)));
    input.addEventListener("input", () => {
      const result = read(input.value);
      const fine = "value" in result && typeof result.value === "number";
      set(input, "aria-invalid", String(!fine));
      if (fine) {
        edit(replaced(present, index, /** @type {number} */ (result.value)));
        text.value = numpyText(present);
      } else refusal.textContent = words.refused("message" in result ? result.message : "scalar");
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
      event.preventDefault();
      const number = Number(input.value);
      input.value = exact(moved(number, event.key === "ArrowUp" ? 1 : -1, stepFor(number) * factorOf(event)));
      input.dispatchEvent(new InputEvent("input"));
    });
    input.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.getData("text") ?? "";
      if (!/[\s,;[\]]/.test(pasted.trim())) return;
      event.preventDefault();
      if (!take(pasted)) return;
      text.value = numpyText(present);
      fill();
      /** @type {HTMLElement | null} */ (sheet.firstElementChild ?? text)?.focus();
    });
    return input;
  }

  const done = html("button", { type: "button" }, words.close);
  done.addEventListener("click", close);
  fill();
  container.replaceChildren(html("header", {}, html("h2", {}, name), done), sheet, text, refusal);
  container.setAttribute("role", "dialog");
  container.setAttribute("aria-label", name);
  container.hidden = false;
  container.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
  };
  /** @type {HTMLElement} */ (sheet.firstElementChild ?? text).focus();

  return {
    /** Show what the array is now, if it was changed elsewhere. @param {Value} next */
    show(next) {
      if (next === present) return;
      present = next;
      text.value = numpyText(present);
      fill();
    },
  };
}

/** @param {number[]} shape @returns {number[][]} every index of an array, in reading order */
function indexes(shape) {
  return shape.reduce(
    (found, length) => found.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    /** @type {number[][]} */ ([[]]),
  );
}

/** @param {Value} value @returns {string} */
function numpyText(value) {
  return Array.isArray(value) ? `[${value.map(numpyText).join(", ")}]` : exact(/** @type {any} */ (value));
}
