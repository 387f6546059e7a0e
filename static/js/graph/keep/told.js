/** @import {Dispatch, State} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";

/** What was said stands for a while, longer where it can be taken back. */
const TOLD = 8000;

/**
 * What was just done, said for a few seconds, with the way back where there is one.
 *
 * @param {HTMLElement} container
 * @param {Dispatch} dispatch
 */
export function createTold(container, dispatch) {
  let timer = 0;
  /** @type {State["keep"]["told"]} */
  let said = null;

  return {
    /** @param {State} state */
    render({ keep: { told } }) {
      if (told && told !== said) {
        window.clearTimeout(timer);
        timer = window.setTimeout(() => dispatch({ type: "keep/heard" }), TOLD);
      }
      said = told;
      container.replaceChildren(...(told ? [line(told, dispatch)] : []));
    },
  };
}

/** @param {NonNullable<State["keep"]["told"]>} told @param {Dispatch} dispatch */
function line(told, dispatch) {
  const name = told.entry ? ` · ${told.entry.name}` : "";
  const text = html("p", {}, t(told.text) + name);
  if (told.undo) {
    const undo = html("button", { type: "button" }, t("Undo"));
    undo.addEventListener("click", () => told.undo && dispatch(told.undo));
    text.append(" ", undo);
  }
  return text;
}
