/** @import {GraphDocument, Moment, Place, State} from "./types" */
/** @typedef {State["history"]} History */

/** @returns {History} */
export const empty = () => ({ past: [], future: [], gesture: null });

/**
 * Remember the moment before a change. Changes of one gesture (a scrub, a run of arrow keys) are one entry.
 *
 * @param {History} history
 * @param {Moment} before
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
 * @param {Moment} present
 * @returns {{history: History, moment: Moment} | null} null where there is nothing to undo
 */
export function undo(history, present) {
  const moment = history.past.at(-1);
  if (!moment) return null;
  return {
    moment,
    history: { past: history.past.slice(0, -1), future: [present, ...history.future], gesture: null },
  };
}

/**
 * Go forward again by one change that was undone.
 *
 * @param {History} history
 * @param {Moment} present
 * @returns {{history: History, moment: Moment} | null} null where there is nothing to redo
 */
export function redo(history, present) {
  const [moment, ...future] = history.future;
  if (!moment) return null;
  return { moment, history: { past: [...history.past, present], future, gesture: null } };
}

/** The document with where it stands. @param {State} state @param {GraphDocument} document @returns {Moment} */
export function momentOf({ slug, run, keep, linked, copy, origin }, document) {
  return { document, place: { slug, run, saved: keep.open, linked, copy, origin } };
}

/** The state at another place. @param {State} state @param {Place} place @returns {State} */
export function placed(state, { saved, ...place }) {
  return { ...state, ...place, keep: { ...state.keep, open: saved } };
}

/** The history of a state whose document is about to change. @param {State} state @param {string | null} gesture */
export function remembered(state, gesture) {
  const { document } = state;
  return document ? remember(state.history, momentOf(state, document), gesture) : state.history;
}
