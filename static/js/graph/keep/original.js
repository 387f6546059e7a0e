/** @import {Dispatch, State} from "../types" */

import { write } from "../../element.js";
import { t } from "../../i18n.js";
import { isChanged } from "./copies.js";

/**
 * That the graph is not as its place gives it, and the way back. It keeps its room while it says nothing, so that the
 * drawing stands still under a first edit.
 *
 * @param {HTMLElement} container which came with the page
 * @param {HTMLElement} canvas what has the focus afterwards
 * @param {Dispatch} dispatch
 */
export function createOriginal(container, canvas, dispatch) {
  const said = /** @type {HTMLElement} */ (container.querySelector("span"));
  const button = /** @type {HTMLElement} */ (container.querySelector("button"));
  button.addEventListener("click", () => {
    dispatch({ type: "original/restored" });
    canvas.focus({ preventScroll: true });
  });

  return {
    /** @param {State} state */
    render(state) {
      write(said, t("Changed by you"));
      write(button, wayBack(state));
      container.classList.toggle("is-off", !isChanged(state) || state.origin === null);
    },
  };
}

/** @param {State} state */
function wayBack({ keep, run }) {
  if (keep.open) return t("Back to what was saved");
  return run ? t("Back to the run's numbers") : t("Back to the book's numbers");
}
