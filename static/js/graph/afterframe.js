/** @import {State} from "./types" */

/** Changes that follow each other sooner than this are one movement of the hand, */
const MOVEMENT = 150;
/** which has ended when nothing came for as long as this. */
const REST = 80;
/** A movement that goes on is followed at least so often. */
const LONGEST = 500;

/** Make a call once the frame in hand is painted. @param {() => void} call */
export const afterPaint = (call) => requestAnimationFrame(() => setTimeout(call));

/** Make a call when the browser has nothing better to do. @param {() => void} call */
export const whenIdle = (call) =>
  "requestIdleCallback" in globalThis ? requestIdleCallback(call, { timeout: 100 }) : afterPaint(call);

/**
 * Draws a panel once the frame in hand is painted, and in a movement once the hand rests, with the latest state: the
 * numbers on the drawing come first, in every frame, and what explains them follows a moment later.
 *
 * @param {(state: State) => void} render
 * @param {{paint?: (call: () => void) => void, later?: (call: () => void, ms: number) => void, now?: () => number}} [clock]
 * @returns {(state: State) => void}
 */
export function afterFrame(render, { paint = afterPaint, later = setTimeout, now = () => performance.now() } = {}) {
  /** @type {State | null} */
  let wanted = null;
  let last = Number.NEGATIVE_INFINITY;
  let first = 0;

  function draw() {
    const state = /** @type {State} */ (wanted);
    wanted = null;
    render(state);
  }

  function rested() {
    const time = now();
    if (time - last >= REST || time - first >= LONGEST) paint(draw);
    else later(rested, REST - (time - last));
  }

  return (state) => {
    const time = now();
    const moving = time - last < MOVEMENT;
    last = time;
    if (wanted === null) {
      first = time;
      if (moving) later(rested, REST);
      else paint(draw);
    }
    wanted = state;
  };
}
