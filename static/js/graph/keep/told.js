/** @import {Context} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";

/** What was just done, said for a few seconds, with the way back where there is one. @param {HTMLElement} container @param {Context} context */
export function renderTold(container, { state, dispatch }) {
  const { told } = state.keep;
  if (!told) {
    container.replaceChildren();
    return;
  }
  const name = told.entry ? ` · ${told.entry.name}` : "";
  const line = html("p", {}, t(told.text) + name);
  if (told.undo) {
    const undo = html("button", { type: "button" }, t("Undo"));
    undo.addEventListener("click", () => told.undo && dispatch(told.undo));
    line.append(" ", undo);
  }
  container.replaceChildren(line);
}
