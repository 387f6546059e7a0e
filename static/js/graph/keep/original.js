/** @import {Context, State} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { isChanged } from "./copies.js";

/**
 * That the graph is not as its place gives it, and the way back. It keeps its room while it says nothing, so that the
 * drawing stands still under a first edit.
 *
 * @param {HTMLElement} container
 * @param {HTMLElement} canvas what has the focus afterwards
 * @param {Context} context
 */
export function renderOriginal(container, canvas, { state, dispatch }) {
  const known = container.querySelector("button");
  const held = known !== null && known === document.activeElement;
  const button = html("button", { type: "button", class: "plain" }, wayBack(state));
  button.addEventListener("click", () => {
    dispatch({ type: "original/restored" });
    canvas.focus({ preventScroll: true });
  });
  container.replaceChildren(html("span", { class: "soft" }, t("Changed by you")), " ", button);
  container.classList.toggle("is-off", !isChanged(state) || state.origin === null);
  if (held) button.focus();
}

/** @param {State} state */
function wayBack({ keep, run }) {
  if (keep.open) return t("Back to what was saved");
  return run ? t("Back to the run's numbers") : t("Back to the book's numbers");
}
