/** @import {Event, State} from "../types" */

/** The step that serves float64 best: small enough for the curve, large enough for the rounding. */
const EPSILON = 1e-4;

/** Events about the gradient check; `check` is null while it is closed. @type {Record<string, (state: State, event: Event) => State>} */
export const checkReducers = {
  "check/opened": (state) => ({ ...state, check: state.check ?? { epsilon: EPSILON, asked: null, result: null } }),
  "check/closed": (state) => (state.check ? { ...state, check: null } : state),
  "check/asked": (state, { question }) => changed(state, { asked: question }),
  "epsilon/changed": (state, { epsilon }) => changed(state, { epsilon }),
  "check/received": (state, { question, result }) =>
    state.check?.asked === question ? changed(state, { asked: null, result: { ...result, question } }) : state,
  "check/stopped": (state) => changed(state, { asked: null }),
};

/** @param {State} state @param {Partial<NonNullable<State["check"]>>} change @returns {State} */
const changed = (state, change) => (state.check ? { ...state, check: { ...state.check, ...change } } : state);

/** What a check is a check of: it is old once the graph or ε has changed. @param {State} state */
export const questionOf = ({ revision, check }) => `${revision} ${check?.epsilon}`;
