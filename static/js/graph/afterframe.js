/** @import {State} from "./types" */

/**
 * Draws a panel once the frame in hand is painted, with the latest state: the numbers on the drawing come first, and
 * what explains them follows a moment later.
 *
 * @param {(state: State) => void} render
 * @returns {(state: State) => void}
 */
export function afterFrame(render) {
  /** @type {State | null} */
  let wanted = null;
  const draw = () => {
    const state = wanted;
    wanted = null;
    if (state) render(state);
  };
  return (state) => {
    if (wanted === null) requestAnimationFrame(() => setTimeout(draw));
    wanted = state;
  };
}
