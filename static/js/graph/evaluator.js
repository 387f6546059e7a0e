/** @import {Dispatch, State} from "./types" */
import { ProblemError, UnreachableError } from "../api.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 5000;

/**
 * Keeps the evaluation in step with the document: one request in flight, the latest revision wins, and a server that
 * is away is asked again until it answers.
 *
 * @param {{evaluate: (body: any) => Promise<any>, dispatch: Dispatch, later?: (call: () => void, ms: number) => void}} needs
 * @returns {(state: State) => void} to be told of every state
 */
export function createEvaluator({ evaluate, dispatch, later = setTimeout }) {
  let asked = 0;
  let busy = false;
  let wait = FIRST_WAIT;
  /** @type {State | null} */
  let wanted = null;

  /** @param {State} state */
  function follow(state) {
    wanted = state;
    if (!busy && state.document && state.revision > asked) ask(state);
  }

  /** @param {State} state */
  async function ask(state) {
    const { revision, document } = state;
    busy = true;
    asked = revision;
    try {
      const evaluation = await evaluate({ graph: document });
      wait = FIRST_WAIT;
      busy = false;
      dispatch({ type: "evaluation/received", revision, evaluation });
    } catch (error) {
      busy = false;
      if (error instanceof UnreachableError) {
        asked = revision - 1;
        busy = true;
        later(again, wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
        dispatch({ type: "server/lost" });
        return;
      }
      if (!(error instanceof ProblemError)) throw error;
      dispatch({ type: "evaluation/failed", revision, problem: error.problem });
    }
    if (wanted && !busy) follow(wanted);
  }

  function again() {
    busy = false;
    if (wanted) follow(wanted);
  }

  return follow;
}
