/** @import {Dispatch, State} from "./types" */

/** How long a step is shown at speed 1: time to see the numbers travel and to read the sentence. */
const STEP = 1400;

/**
 * The clock of the walk: while a state is playing, it asks for the next step.
 *
 * @param {Dispatch} dispatch
 * @returns {(state: State) => void} to be told of every state
 */
export function createPlayback(dispatch) {
  /** @type {number | undefined} */
  let timer;
  let speed = 1;
  return (state) => {
    if (state.playing === (timer !== undefined) && state.speed === speed) return;
    window.clearInterval(timer);
    timer = undefined;
    speed = state.speed;
    if (state.playing) timer = window.setInterval(() => dispatch({ type: "step/advanced" }), STEP / speed);
  };
}
