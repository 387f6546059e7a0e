/** @import {Run} from "../types" */

/** Seconds to come that an axis has room for: plotly draws a chart anew where its axis grows, so that is to be seldom. */
const AHEAD = 30;

/**
 * The iteration up to which a run's axis has room: a run that will soon be over has all of its axis from the beginning,
 * so that its curve moves towards an end that can be seen. It never moves back while the run goes on.
 *
 * @returns {(run: Pick<Run, "id" | "state" | "progress">) => number}
 */
export function createReach() {
  /** @type {Map<string, number>} */
  const reached = new Map();

  return ({ id, state, progress: { iteration, iterations, eta_seconds } }) => {
    if (state !== "running" && state !== "queued") return reached.get(id) ?? iteration;
    // Of one that just began nobody knows how long it will take.
    if (eta_seconds === null) return reached.get(id) ?? iterations;
    const share = Math.min(1, AHEAD / Math.max(eta_seconds, 1e-9));
    const reach = Math.max(reached.get(id) ?? 0, iteration + share * (iterations - iteration));
    reached.set(id, reach);
    return reach;
  };
}
