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
 * numbers on the drawing come first, in every frame, and what explains them follows a moment later. What is chosen is
 * no movement: it is answered at once.
 *
 * @param {(state: State) => void} render
 * @param {{paint?: (call: () => void) => void, later?: (call: () => void, ms: number) => void, now?: () => number}} [clock]
 * @returns {(state: State) => void}
 */
export function afterFrame(render, { paint = afterPaint, later = setTimeout, now = () => performance.now() } = {}) {
  /** @type {State | null} */
  let latest = null;
  let last = Number.NEGATIVE_INFINITY;
  let first = 0;
  /** What the latest state waits for: to be painted, or the hand to rest. @type {"paint" | "rest" | null} */
  let waiting = null;

  function draw() {
    waiting = null;
    render(/** @type {State} */ (latest));
  }

  function soon() {
    waiting = "paint";
    paint(draw);
  }

  function rested() {
    if (waiting !== "rest") return;
    const time = now();
    if (time - last >= REST || time - first >= LONGEST) soon();
    else later(rested, REST - (time - last));
  }

  return (state) => {
    const time = now();
    const moving = time - last < MOVEMENT && state.shown === latest?.shown && state.selection === latest?.selection;
    latest = state;
    last = time;
    if (waiting === "paint") return;
    if (!moving) soon();
    else if (waiting === null) {
      waiting = "rest";
      first = time;
      later(rested, REST);
    }
  };
}
