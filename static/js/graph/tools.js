/** @import {Dispatch, State} from "./types" */

import { set, write } from "../element.js";
import { t } from "../i18n.js";
import { html } from "./draw/element.js";

/**
 * The buttons on the drawing.
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
  let checking = false;
  const begin = button(() => dispatch({ type: "graph/emptied" }));
  const add = button(() => dispatch({ type: "add/wanted" }));
  const undo = button(() => dispatch({ type: "history/undone" }));
  const redo = button(() => dispatch({ type: "history/redone" }));
  const smaller = button(() => viewport.scale(1 / 1.4));
  const fit = button(() => viewport.fit());
  const larger = button(() => viewport.scale(1.4));
  const tidy = button(() => dispatch({ type: "graph/tidied" }));
  const check = button(() => dispatch({ type: checking ? "check/closed" : "check/opened" }));
  const keys = button(() => dispatch({ type: "help/wanted" }));
  smaller.textContent = "−";
  larger.textContent = "+";
  keys.textContent = "?";
  set(check, "aria-controls", "check");
  set(keys, "aria-haspopup", "dialog");

  return {
    /** Opens and closes the gradient check. */
    check,
    /** @param {State} state */
    render(state) {
      checking = state.check !== null;
      write(begin, t("New"));
      write(add, t("Add"));
      write(undo, t("Undo"));
      write(redo, t("Redo"));
      write(fit, t("Fit"));
      write(tidy, t("Lay out"));
      write(check, t("Check gradients"));
      set(begin, "title", t("A new, empty graph"));
      set(add, "title", t("Add an operation: press / on the drawing"));
      set(tidy, "title", t("Order the drawing anew"));
      set(smaller, "aria-label", t("Zoom out"));
      set(larger, "aria-label", t("Zoom in"));
      set(keys, "aria-label", t("Keys"));
      set(keys, "title", t("Keys"));
      set(check, "aria-expanded", String(checking));
      set(undo, "disabled", state.history.past.length === 0);
      set(redo, "disabled", state.history.future.length === 0);
    },
  };
}
