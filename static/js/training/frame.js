/**
 * More than thirty repaints a second are smooth for a curve that grows; the other frames are left to the one that trains.
 * Losses come as often as the screen has frames, but not in step with it, so some of these find nothing new.
 */
const INTERVAL = 1000 / 40;
/** A frame that comes so little too early is taken. */
const SLACK = 4;

/** @typedef {{nextFrame: (call: (time: number) => void) => unknown, later: (call: () => void, ms: number) => unknown, now: () => number}} Clock */

/** @type {Clock} */
const browser = {
  nextFrame: (call) => requestAnimationFrame(call),
  later: (call, ms) => setTimeout(call, ms),
  now: () => performance.now(),
};

/**
 * Repaints at most once per animation frame and forty times a second however often it is asked, and not at all while
 * the tab is hidden: the first frame after the return shows everything that came meanwhile.
 *
 * @param {() => void} paint
 * @param {Clock} [clock]
 * @returns {() => void} ask for a repaint
 */
export function oncePerFrame(paint, { nextFrame, later, now } = browser) {
  let asked = false;
  let due = Number.NEGATIVE_INFINITY;

  /** @param {number} time */
  function frame(time) {
    due = time - due > INTERVAL ? time + INTERVAL : due + INTERVAL;
    asked = false;
    paint();
  }

  return () => {
    if (asked) return;
    asked = true;
    // A frame that is asked for is made by the whole browser, whether or not anything is painted in it.
    const early = due - SLACK - now();
    if (early > 0) later(() => nextFrame(frame), early);
    else nextFrame(frame);
  };
}
