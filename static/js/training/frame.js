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

/** Milliseconds between two updates of what is read. */
const READING = 125;

/**
 * Updates eight times a second what is read and not watched: nobody reads a number thirty times a second, and a line that
 * is written anew has the browser lay out the column around it.
 *
 * @param {() => void} update
 * @param {() => void} repaint makes up for the last update that was let pass
 * @param {Pick<Clock, "later" | "now">} [clock]
 */
export function seldom(update, repaint, { later, now } = browser) {
  let hurried = true;
  let due = Number.NEGATIVE_INFINITY;
  let waiting = false;

  function again() {
    waiting = false;
    repaint();
  }

  return {
    /** Something has happened: the next frame shows it. */
    hurry() {
      hurried = true;
    },
    /** To be called in every frame: updates where it is due. @returns {boolean} whether it was */
    paint() {
      const left = due - now();
      if (hurried || left <= 0) {
        hurried = false;
        due = now() + READING;
        update();
        return true;
      }
      if (!waiting) later(again, left);
      waiting = true;
      return false;
    },
  };
}
