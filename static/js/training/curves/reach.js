/** @import {Run} from "../types" */

/** Seconds in which a run is over so soon that its whole axis can be there from the beginning. */
const SOON = 30;

/**
 * The iteration up to which a run's axis has room. A run that will soon be over has all of its axis from the beginning,
 * so that its curve moves towards an end that can be seen, and keeps it, paused too; of another the axis grows with the
 * curve, and one that has ended early has an axis as long as it is.
 *
 * @returns {(run: Pick<Run, "id" | "state" | "progress">) => number}
 */
export function createReach() {
  /** @type {Set<string>} */
  const whole = new Set();

  return ({ id, state, progress: { iteration, iterations, eta_seconds } }) => {
    const goesOn = state === "queued" || state === "running";
    if (goesOn && eta_seconds !== null && eta_seconds <= SOON) whole.add(id);
    if (whole.has(id) && (goesOn || state === "paused")) return iterations;
    // Of one that just began nobody knows how long it will take.
    return goesOn && eta_seconds === null ? iterations : iteration;
  };
}
