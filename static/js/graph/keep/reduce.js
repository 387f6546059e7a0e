/** @import {Event, Keep, SavedEntry, State} from "../types" */

import { message } from "../../i18n.js";

/** @returns {Keep} */
export const nothingKept = () => ({ entries: [], open: null, told: null });

/** Events about what is kept. @type {Record<string, (state: State, event: Event) => State>} */
export const keepReducers = {
  "saved/listed": (state, { entries }) => kept(state, { entries }),
  "saved/received": (state, { entry }) =>
    kept(state, { entries: [entry, ...others(state, entry)], open: entry, told: told(message("Saved"), entry) }),
  "saved/removed": (state, { entry }) => {
    const open = state.keep.open?.id === entry.id ? null : state.keep.open;
    return kept(state, { entries: others(state, entry), open, told: { text: message("Deleted"), entry, undo: true } });
  },
  "saved/restored": (state, { entry }) =>
    kept(state, { entries: [entry, ...others(state, entry)], told: told(message("Restored"), entry) }),
  "keep/told": (state, { text }) => kept(state, { told: { text, entry: null, undo: false } }),
  "keep/heard": (state) => (state.keep.told ? kept(state, { told: null }) : state),
  "view/changed": (state, { view }) => ({ ...state, view }),
};

/** @param {State} state @param {Partial<Keep>} change @returns {State} */
const kept = (state, change) => ({ ...state, keep: { ...state.keep, ...change } });

/** @param {State} state @param {SavedEntry} entry */
const others = (state, entry) => state.keep.entries.filter(({ id }) => id !== entry.id);

/** @param {string} text @param {SavedEntry} entry */
const told = (text, entry) => ({ text, entry, undo: false });
