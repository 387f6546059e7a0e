/** @import {State} from "./types" */
import { stepsOf } from "./timeline.js";

/** Nothing that is looked at. */
export const NOTHING = { node: null, edge: null, cell: null };

/** Keep the step inside the timeline. @param {State} state @returns {State} */
export function settle(state) {
  if (state.step === null || !state.evaluation) return state;
  const last = stepsOf(state).length;
  const step = Math.min(Math.max(state.step, 0), last);
  const current = stepsOf(state)[step - 1];
  const kept = !current || current.node === state.shown.node;
  return { ...state, step, shown: kept ? state.shown : { ...NOTHING, node: current.node } };
}
