/** @import {Event, Formula, State} from "../types" */

/** @returns {Formula} */
export const noFormula = () => ({
  text: null,
  base: null,
  read: null,
  typing: false,
  problem: null,
  places: {},
  session: 0,
  kept: null,
});

/** Events about several nodes chosen and about the text of the formula. @type {Record<string, (state: State, event: Event) => State>} */
export const editReducers = {
  "selection/changed": (state, { nodes }) => ({
    ...state,
    selection: nodes,
    shown: { node: nodes.at(-1) ?? null, edge: null, cell: null },
  }),
  "selection/toggled": (state, { node }) => {
    const chosen = new Set(state.selection);
    if (state.shown.node !== null) chosen.add(state.shown.node);
    if (!chosen.delete(node)) chosen.add(node);
    return editReducers["selection/changed"](state, { type: "selection/changed", nodes: [...chosen] });
  },

  "formula/entered": (state) => formula(state, { typing: true, session: state.formula.session + 1 }),
  "formula/typed": (state, { text }) => {
    const base = state.formula.text === null ? state.written : state.formula.base;
    return formula(state, { text, base, kept: null });
  },
  "formula/refused": (state, { text, problem }) => (state.formula.text === text ? formula(state, { problem }) : state),
  "formula/read": (state, { text, document, places }) => {
    if (state.formula.text !== text) return state;
    return formula(
      { ...state, source: text, written: document },
      { base: document, read: text, problem: null, places },
    );
  },
  "formula/left": (state) => {
    const { text, problem } = state.formula;
    // What is not read yet, or cannot be, stays.
    const done = problem === null && (!isUnread(state) || text?.trim() === "");
    return formula(state, { typing: false, ...(done ? { text: null } : {}) });
  },
  "formula/dropped": (state) => formula(state, { text: null, problem: null, kept: null }),
  "source/received": (state, { revision, source }) => {
    if (revision !== state.revision) return state;
    const { text, typing } = state.formula;
    const half = text !== null && !typing && text !== source ? { text: null, problem: null, kept: text } : {};
    return formula({ ...state, source, written: state.document }, { places: {}, ...half });
  },
};

/** Whether the field holds text that is not the graph's yet. @param {State} state */
export const isUnread = ({ formula: { text, read }, source }) => text !== null && text !== read && text !== source;

/** @param {State} state @param {Partial<Formula>} change @returns {State} */
const formula = (state, change) => ({ ...state, formula: { ...state.formula, ...change } });
