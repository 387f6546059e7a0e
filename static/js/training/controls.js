/** @import {Run, State} from "./types" */

import { byId, set } from "../element.js";
import { t } from "../i18n.js";
import { chosenRun, isActive, possible } from "./reduce.js";
import { createRunField } from "./runfield.js";

const HIGHEST_RATE = 1e6;
const BUTTONS = /** @type {const} */ (["start", "pause", "resume", "step", "stop"]);

/**
 * The five buttons and the learning rate that can be changed while the run is under way.
 *
 * @param {(run: Run, change: {state: string} | {step: number} | {learning_rate: number}) => void} onChange
 */
export function createControls(onChange) {
  const buttons = BUTTONS.map((name) => /** @type {HTMLButtonElement} */ (byId(name)));
  const rate = /** @type {HTMLInputElement} */ (byId("rate"));
  const rateField = byId("rate-field");
  const error = byId("rate-error");
  /** @type {Run | null} */
  let run = null;

  const changes = {
    pause: { state: "paused" },
    resume: { state: "running" },
    step: { step: 1 },
    stop: { state: "stopped" },
  };
  for (const [name, change] of Object.entries(changes)) {
    byId(name).addEventListener("click", (event) => {
      const step = "step" in change && /** @type {MouseEvent} */ (event).shiftKey ? { step: 10 } : change;
      if (run) onChange(run, step);
    });
  }
  const field = createRunField(
    rate,
    ({ learning_rate }) => String(learning_rate),
    (owner, text) => {
      const value = Number(text);
      const right = text.trim() !== "" && value >= 0 && value <= HIGHEST_RATE;
      refuse(!right && owner.id === run?.id);
      if (right) onChange(owner, { learning_rate: value });
    },
  );
  rate.addEventListener("input", () => refuse(false));
  rate.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    field.fill();
    refuse(false);
  });

  /** @param {boolean} wrong */
  function refuse(wrong) {
    rate.setAttribute("aria-invalid", String(wrong));
    error.textContent = wrong
      ? t("A number from 0 to 1,000,000. It is {rate} still.", { rate: run?.learning_rate })
      : "";
  }

  return {
    /** @param {State} state */
    update(state) {
      const before = run;
      run = chosenRun(state);
      const can = possible(state);
      const focused = document.activeElement;
      BUTTONS.forEach((name, k) => {
        set(buttons[k], "disabled", !can[name]);
      });
      keepFocus(focused, buttons);
      set(buttons[0], "aria-busy", String(state.starting));
      set(rateField, "hidden", run === null || !isActive(run));
      if (run?.id !== before?.id) refuse(false);
      field.update(run);
    },
  };
}

/**
 * A button that turns off under the finger hands the focus to its counterpart (Pause to Resume and back).
 *
 * @param {Element | null} focused
 * @param {HTMLButtonElement[]} buttons
 */
function keepFocus(focused, buttons) {
  const [, pause, resume] = buttons;
  const place = buttons.indexOf(/** @type {HTMLButtonElement} */ (focused));
  if (place < 0 || !buttons[place].disabled) return;
  const other = focused === pause ? resume : focused === resume ? pause : null;
  const next = other && !other.disabled ? other : buttons.find((button) => !button.disabled);
  next?.focus();
}
