/** @import {Dispatch, State} from "./types" */

import { set, write } from "../element.js";
import { t } from "../i18n.js";
import { html } from "./draw/element.js";

/**
 * The buttons on the drawing. A panel adds its own by `tools.append(button)`.
 *
 * @param {HTMLElement} container
 * @param {{dispatch: Dispatch, viewport: {fit: () => void, scale: (factor: number) => void}}} needs
 */
export function createTools(container, { dispatch, viewport }) {
  /** @param {() => void} press */
  const button = (press) => {
    const element = html("button", { type: "button" });
    element.addEventListener("click", press);
    container.append(element);
    return element;
  };
  const undo = button(() => dispatch({ type: "history/undone" }));
  const redo = button(() => dispatch({ type: "history/redone" }));
  const smaller = button(() => viewport.scale(1 / 1.4));
  const fit = button(() => viewport.fit());
  const larger = button(() => viewport.scale(1.4));
  smaller.textContent = "−";
  larger.textContent = "+";

  return {
    /** @param {State} state */
    render(state) {
      write(undo, t("Undo"));
      write(redo, t("Redo"));
      write(fit, t("Fit"));
      set(smaller, "aria-label", t("Zoom out"));
      set(larger, "aria-label", t("Zoom in"));
      set(undo, "disabled", state.history.past.length === 0);
      set(redo, "disabled", state.history.future.length === 0);
    },
  };
}
