/** @import {Event, Op, State} from "./types" */
import { checkReducers } from "./check/reduce.js";
import { documentReducers } from "./document.js";
import { editReducers, noFormula } from "./edit/reduce.js";
import * as history from "./history.js";
import { keepReducers, nothingKept } from "./keep/reduce.js";
import { NOTHING, settle } from "./settle.js";
import { revalued } from "./structure.js";
import { stepsOf } from "./timeline.js";

/** @param {string} language @returns {State} */
export const initial = (language) => ({
  revision: 0,
  structure: 0,
  opening: 0,
  slug: null,
  document: null,
  evaluation: null,
  gallery: [],
  ops: {},
  shown: NOTHING,
  step: null,
  playing: false,
  speed: 1,
  draft: null,
  nudge: null,
  source: null,
  written: null,
  formula: noFormula(),
  selection: [],
  problem: null,
  online: true,
  whole: true,
  history: history.empty(),
  language,
  keep: nothingKept(),
  check: null,
  linked: false,
  run: null,
  copy: "",
  origin: null,
  view: null,
});

/** @type {Record<string, (state: State, event: Event) => State>} */
const reducers = {
  ...documentReducers,
  ...checkReducers,
  ...keepReducers,
  ...editReducers,
  "gallery/received": (state, { gallery }) => ({ ...state, gallery }),
  "ops/received": (state, { ops }) => ({
    ...state,
    ops: Object.fromEntries(ops.map((/** @type {Op} */ op) => [op.name, op])),
  }),
  "language/changed": (state, { language }) => ({ ...state, language }),

  "value/edited": (state, { node, value, gesture = null }) => {
    if (!state.document) return state;
    return {
      ...state,
      document: revalued(state.document, node, value),
      revision: state.revision + 1,
      draft: state.draft?.node === node ? null : state.draft,
      nudge: null,
      history: history.remembered(state, gesture),
    };
  },
  "nudge/tried": (state, { node, amount }) => {
    const before = state.document?.nodes.find((n) => n.id === node)?.value;
    if (!state.evaluation || typeof before !== "number") return state;
    const output = state.evaluation.nodes[state.evaluation.output].value;
    const value = Number((before + amount).toPrecision(15));
    return { ...reduce(state, { type: "value/edited", node, value }), nudge: { node, amount, value, output } };
  },
  "value/rejected": (state, { node, text, message }) => ({ ...state, draft: { node, text, message } }),
  "draft/dropped": (state) => (state.draft ? { ...state, draft: null } : state),

  "evaluation/received": (state, { revision, evaluation }) => {
    const shown = state.evaluation?.revision ?? -1;
    if (revision <= shown || revision < state.structure || revision > state.revision) return state;
    return settle({ ...state, evaluation: { ...evaluation, revision }, problem: null, online: true });
  },
  "evaluation/failed": (state, { revision, problem }) =>
    revision === state.revision ? { ...state, problem, online: true, playing: false } : state,
  "problem/raised": (state, { problem }) => ({ ...state, problem }),
  "problem/dismissed": (state) => (state.problem ? { ...state, problem: null } : state),
  "panel/missed": (state) => ({ ...state, whole: false }),
  "server/lost": (state) => (state.online ? { ...state, online: false } : state),
  "server/found": (state) => (state.online ? state : { ...state, online: true }),

  "node/chosen": (state, { node }) =>
    state.shown.node === node && state.selection.length === 0
      ? state
      : { ...state, selection: [], shown: { ...NOTHING, node } },
  "edge/chosen": (state, { edge }) =>
    state.shown.edge === edge ? state : { ...state, selection: [], shown: { ...NOTHING, edge } },
  "cell/chosen": (state, { cell }) => ({ ...state, shown: { ...state.shown, cell } }),
  "choice/cleared": (state) => ({ ...state, selection: [], shown: NOTHING }),

  "step/changed": (state, { step }) => settle({ ...state, step, playing: false }),
  "step/advanced": (state) => advanced(state),
  "step/moved": (state, { by }) => {
    const start = state.step ?? (by > 0 ? 0 : stepsOf(state).length + 1);
    return settle({ ...state, step: start + by, playing: false });
  },
  "play/toggled": (state) => {
    if (state.playing) return { ...state, playing: false };
    const last = stepsOf(state).length;
    if (last === 0) return state;
    return { ...state, playing: true, step: state.step === null || state.step >= last ? 0 : state.step };
  },
  "speed/changed": (state, { speed }) => ({ ...state, speed }),
};

/** Whether an event changes the state. @param {Event} event */
export const reduces = ({ type }) => type in reducers;

/**
 * The next state: a pure function, the only place where the state of the graph page changes.
 *
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  const reducer = reducers[event.type];
  if (!reducer) throw new Error(`no reducer for ${event.type}`);
  return reducer(state, event);
}

/** @param {State} state @returns {State} */
function advanced(state) {
  const last = stepsOf(state).length;
  if (state.step === null || state.step >= last) return { ...state, playing: false };
  const next = settle({ ...state, step: state.step + 1 });
  return next.step === last ? { ...next, playing: false } : next;
}
