/** @import {Event, Keep, Moment, Place, SavedEntry, State} from "../types" */

import { message } from "../../i18n.js";
import { placed } from "../history.js";

/** @returns {Keep} */
export const nothingKept = () => ({ entries: [], open: null, copies: {}, told: null });

/** Events about what is kept. @type {Record<string, (state: State, event: Event) => State>} */
export const keepReducers = {
  "saved/listed": (state, { entries }) => kept(state, { entries }),
  "saved/received": (state, { entry, document, titled, copy, from }) => {
    const entries = [entry, ...others(state, entry)];
    const told = { text: message("Saved"), entry };
    // Another graph has been opened or begun meanwhile.
    if (state.opening !== from.opening || state.copy !== from.copy) return kept(state, { entries, told });
    // What was changed while it was being saved is not saved yet.
    const now = state.document === document ? titled : state.document;
    const place = { slug: null, run: null, saved: entry, linked: false, copy, origin: titled };
    return kept({ ...moved(state, place), document: now }, { entries, told });
  },
  "saved/renamed": (state, { entry }) => {
    const entries = state.keep.entries.map((known) => (known.id === entry.id ? entry : known));
    const told = { text: message("Renamed"), entry };
    if (state.keep.open?.id !== entry.id || !state.document) return kept(state, { entries, told });
    const { slug, run, linked, copy } = state;
    const origin = state.origin && { ...state.origin, title: entry.name };
    const document = state.document === state.origin ? origin : { ...state.document, title: entry.name };
    const place = { slug, run, saved: entry, linked, copy, origin };
    return kept({ ...moved(state, place), document }, { entries, told });
  },
  "saved/removed": (state, { entry, copy }) => {
    const told = { text: message("Deleted"), entry, undo: { type: "saved/undeleted", entry } };
    const entries = others(state, entry);
    if (state.keep.open?.id !== entry.id) return kept(state, { entries, told });
    // It stays on the page, and in its address.
    const place = { slug: null, run: null, saved: null, linked: true, copy, origin: state.origin };
    return kept(moved(state, place), { entries, told });
  },
  "saved/restored": (state, { entry }) =>
    kept(state, { entries: [entry, ...others(state, entry)], told: { text: message("Restored"), entry } }),
  "keep/told": (state, { text, undo = null }) => kept(state, { told: { text, undo } }),
  "keep/heard": (state) => (state.keep.told ? kept(state, { told: null }) : state),
  "copies/listed": (state, { copies }) => kept(state, { copies }),
  "view/changed": (state, { view }) => ({ ...state, view }),
};

/** @param {State} state @param {Partial<Keep>} change @returns {State} */
const kept = (state, change) => ({ ...state, keep: { ...state.keep, ...change } });

/** The graph stands at another place from now on, and so does what an undo brings back. @param {State} state @param {Place} place @returns {State} */
function moved(state, place) {
  /** @param {Moment[]} moments */
  const all = (moments) => moments.map((m) => (m.place.copy === state.copy ? { ...m, place } : m));
  const history = { ...state.history, past: all(state.history.past), future: all(state.history.future) };
  return { ...placed(state, place), history };
}

/** @param {State} state @param {SavedEntry} entry */
const others = (state, entry) => state.keep.entries.filter(({ id }) => id !== entry.id);
