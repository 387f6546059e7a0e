/** @import {Dispatch, State} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { nameOf } from "../sentence.js";
import { causeOf } from "./cell.js";
import { keepFocus } from "./focus.js";
import { matricesOf, subjectOf } from "./matrices.js";

/** Room beside a map in the dialog. */
const EDGES = 64;
const WIDEST = 1100;

/**
 * The matrices of the chosen node in a dialog as wide as the page allows.
 *
 * @param {Dispatch} dispatch
 * @returns {{open: () => void, render: (state: State) => void}}
 */
export function createWide(dispatch) {
  const dialog = html("dialog", { class: "wide-matrices" });
  /** @type {State | null} */
  let present = null;
  const draw = () => {
    const target = present && subjectOf(present);
    if (!present || !target) return dialog.close();
    const close = html("button", { type: "button", "data-focus": "close" }, t("Close"));
    close.addEventListener("click", () => dialog.close());
    const context = { state: present, dispatch };
    const name = nameOf(present, target);
    const room = Math.min(window.innerWidth, WIDEST) - EDGES;
    dialog.setAttribute("aria-label", t("{label}: {words}", { label: t("Matrices"), words: name }));
    keepFocus(dialog, () =>
      dialog.replaceChildren(
        html("header", { class: "maps-head" }, html("h2", {}, name), close),
        html("h3", { class: "visually-hidden" }, t("Matrices")),
        html("div", { class: "maps" }, ...matricesOf(context, target, room)),
        html("div", { class: "cause-place", role: "status" }, causeOf(context)),
      ),
    );
  };
  return {
    open() {
      if (!dialog.isConnected) document.body.append(dialog);
      dialog.showModal();
      draw();
    },
    render(state) {
      present = state;
      if (dialog.open) draw();
    },
  };
}
