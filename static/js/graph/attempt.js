/** @import {Dispatch} from "./types" */
import { ProblemError, UnreachableError } from "../api.js";

/** @typedef {(call: () => Promise<void>, wanted?: () => boolean) => Promise<void>} Attempt */

/**
 * Runs calls to the server: a refusal becomes the problem shown, a server that is away is asked again until it answers;
 * neither where the answer is no longer wanted.
 *
 * @param {Dispatch} dispatch
 * @param {(call: () => void, ms: number) => void} later
 * @returns {Attempt}
 */
export function createAttempt(dispatch, later = setTimeout) {
  return async function attempt(call, wanted = () => true) {
    try {
      await call();
      dispatch({ type: "server/found" });
    } catch (error) {
      if (!wanted()) return;
      if (error instanceof ProblemError) dispatch({ type: "problem/raised", problem: error.problem });
      else if (error instanceof UnreachableError) {
        dispatch({ type: "server/lost" });
        later(() => wanted() && attempt(call, wanted), 1000);
      } else throw error;
    }
  };
}
