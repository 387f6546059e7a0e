/** @import {Event, GraphDocument, State} from "./types" */
import { drawable } from "./crowd.js";
import { isUnread, noFormula } from "./edit/reduce.js";
import * as history from "./history.js";
import { NOTHING, settle } from "./settle.js";

/** Events that bring another document, and those that travel between documents. @type {Record<string, (state: State, event: Event) => State>} */
export const documentReducers = {
  "document/opened": (
    state,
    { document, slug = null, saved = null, run = null, linked = false, copy = "", origin = document, ...shown },
  ) => {
    const opened = restructured(state, document);
    const given = origin === document ? opened.document : origin && drawable(origin);
    return {
      ...history.placed(opened, { slug, saved, run, linked, copy, origin: given }),
      opening: state.opening + 1,
      evaluation: null,
      nudge: null,
      ...texts(document, slug !== null && document === origin),
      formula: noFormula(),
      selection: [],
      step: shown.step ?? null,
      playing: false,
      shown: { ...NOTHING, node: shown.node ?? null },
      history: history.empty(),
      check: state.check && { ...state.check, result: null },
      view: shown.view ?? null,
    };
  },
  "document/changed": (state, { document, gesture = null }) => {
    if (!state.document) return state;
    return { ...restructured(state, document), history: history.remembered(state, gesture) };
  },
  "original/restored": (state) => {
    if (!state.document || !state.origin) return state;
    const back = { ...restructured(state, state.origin), history: history.remembered(state, null) };
    return settle({ ...back, ...texts(state.origin, state.slug !== null) });
  },
  "graph/begun": (state, { document, copy }) => {
    const place = { slug: null, run: null, saved: null, linked: true, copy, origin: null };
    const open = { step: null, playing: false, source: null, history: history.remembered(state, null) };
    return { ...history.placed(restructured(state, document), place), ...open };
  },
  "group/toggled": (state, { group, collapsed }) => {
    if (!state.document?.groups) return state;
    const groups = state.document.groups.map((g) => (g.id === group ? { ...g, collapsed } : g));
    const document = { ...state.document, groups };
    return settle({
      ...state,
      document,
      step: null,
      playing: false,
      shown: NOTHING,
      history: history.remembered(state, null),
    });
  },
  "history/undone": (state) => {
    const { text, problem } = state.formula;
    // What was typed last and is not read yet is what is taken back.
    if (!isUnread(state) || problem !== null) return travelled(state, history.undo);
    return { ...state, formula: { ...state.formula, text: null, kept: text } };
  },
  "history/redone": (state) => travelled(state, history.redo),
};

/** @param {State} state @param {GraphDocument} given @returns {State} */
function restructured(state, given) {
  const document = drawable(given);
  const revision = state.revision + 1;
  const kept = document.nodes.some((node) => node.id === state.shown.node) ? state.shown : NOTHING;
  const ids = new Set(document.nodes.map((node) => node.id));
  const selection = state.selection.filter((id) => ids.has(id));
  const evaluation = ids.size > 0 ? state.evaluation : null;
  return {
    ...state,
    document,
    revision,
    structure: revision,
    evaluation,
    problem: null,
    draft: null,
    shown: kept,
    selection,
  };
}

/** @param {State} state @param {typeof history.undo} move @returns {State} */
function travelled(state, move) {
  const moved = state.document && move(state.history, history.momentOf(state, state.document));
  if (!moved) return state;
  const { document, place } = moved.moment;
  return { ...history.placed(restructured(state, document), place), history: moved.history };
}

/** The formula of a document: only the book's own is sure to be in step. @param {GraphDocument} document @param {boolean} own */
const texts = (document, own) => ({
  source: document.source ?? null,
  written: own && document.source ? document : null,
});
