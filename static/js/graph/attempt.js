/** @import {Dispatch} from "./types" */
import { ProblemError, UnreachableError } from "../api.js";

/**
 * Runs calls to the server: a refusal becomes the problem shown, a server that is away is asked again until it answers.
 *
 * @param {Dispatch} dispatch
 * @returns {(call: () => Promise<void>) => Promise<void>}
 */
export function createAttempt(dispatch) {
  return async function attempt(call) {
    try {
      await call();
      dispatch({ type: "server/found" });
    } catch (error) {
      if (error instanceof ProblemError) dispatch({ type: "problem/raised", problem: error.problem });
      else if (error instanceof UnreachableError) {
        dispatch({ type: "server/lost" });
        setTimeout(() => attempt(call), 1000);
      } else throw error;
    }
  };
}
