/** @import {Context} from "./types" */
import { t } from "../i18n.js";
import { openGrid } from "./draw/grid.js";
import { nameOf } from "./sentence.js";

/** Why a text is no number or array, in the reader's words. @type {Record<string, () => string>} */
const REASONS = {
  empty: () => t("Type a number."),
  number: () => t("That is not a number; the last good one is kept."),
  ragged: () => t("The rows differ in length; the last good array is kept."),
  scalar: () => t("One number is wanted here, not an array."),
};

/** @param {string} message */
export const reason = (message) => (REASONS[message] ?? REASONS.number)();

/**
 * Open the grid of an input's array.
 *
 * @param {HTMLElement} container
 * @param {Context} context
 * @param {string} node
 * @param {() => void} leave what has the focus afterwards
 */
export function openArray(container, { state, dispatch }, node, leave) {
  const value = state.document?.nodes.find((n) => n.id === node)?.value;
  if (value === undefined) return;
  const words = { close: t("Done"), paste: t("Paste numbers from a spreadsheet or NumPy"), refused: reason };
  const close = () => {
    container.hidden = true;
    container.replaceChildren();
    leave();
  };
  openGrid(container, { node, name: nameOf(state, node), value, words }, { emit: dispatch, close });
}
