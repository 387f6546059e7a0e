/** @import {GraphDocument} from "./types" */
/** @typedef {{past: GraphDocument[], future: GraphDocument[], gesture: string | null}} History */

/** @returns {History} */
export const empty = () => ({ past: [], future: [], gesture: null });

/**
 * Remember the document before a change. Changes of one gesture (a scrub, a run of arrow keys) are one entry.
 *
 * @param {History} history
 * @param {GraphDocument} before
 * @param {string | null} gesture
 * @returns {History}
 */
export function remember(history, before, gesture) {
  if (gesture !== null && gesture === history.gesture) return { ...history, future: [] };
  return { past: [...history.past, before], future: [], gesture };
}

/**
 * Go back one change.
 *
 * @param {History} history
 * @param {GraphDocument} present
 * @returns {{history: History, document: GraphDocument} | null} null where there is nothing to undo
 */
export function undo(history, present) {
  const document = history.past.at(-1);
  if (!document) return null;
  return {
    document,
    history: { past: history.past.slice(0, -1), future: [present, ...history.future], gesture: null },
  };
}

/**
 * Go forward again by one change that was undone.
 *
 * @param {History} history
 * @param {GraphDocument} present
 * @returns {{history: History, document: GraphDocument} | null} null where there is nothing to redo
 */
export function redo(history, present) {
  const [document, ...future] = history.future;
  if (!document) return null;
  return { document, history: { past: [...history.past, present], future, gesture: null } };
}
