/** @import {State} from "../types" */

const KEY = "formula:";

/** Which text this is: each graph that is kept has its own; an empty page is everywhere the same. @param {State} state */
export const keyOf = (state) => KEY + (state.document?.nodes.length ? state.copy : "");

/**
 * Text that is not in the graph yet stays in this browser until it is, or until it is given up.
 *
 * @param {State} state
 * @param {State} before
 */
export function keepDraft(state, before) {
  const text = state.formula.text ?? state.formula.kept;
  try {
    if (keyOf(before) !== keyOf(state)) localStorage.removeItem(keyOf(before));
    if (text === null) localStorage.removeItem(keyOf(state));
    else localStorage.setItem(keyOf(state), text);
  } catch {
    // A browser that keeps nothing (full, or forbidden) still edits.
  }
}

/** The text that was left half typed. @param {State} state @returns {string | null} */
export function draftOf(state) {
  try {
    return localStorage.getItem(keyOf(state));
  } catch {
    return null;
  }
}
