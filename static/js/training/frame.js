/**
 * More than thirty repaints a second are smooth for a curve that grows; the other frames are left to the one that trains.
 * Losses come as often as the screen has frames, but not in step with it, so some of these find nothing new.
 */
const INTERVAL = 1000 / 40;
/** A frame that comes so little too early is taken. */
const SLACK = 4;

/**
 * Repaints at most once per animation frame and forty times a second however often it is asked, and not at all while
 * the tab is hidden: the first frame after the return shows everything that came meanwhile.
 *
 * @param {() => void} paint
 * @param {(callback: (time: number) => void) => unknown} [nextFrame]
 * @returns {() => void} ask for a repaint
 */
export function oncePerFrame(paint, nextFrame = (callback) => requestAnimationFrame(callback)) {
  let asked = false;
  let due = Number.NEGATIVE_INFINITY;

  /** @param {number} time */
  function frame(time) {
    if (time < due - SLACK) {
      nextFrame(frame);
      return;
    }
    due = time - due > INTERVAL ? time + INTERVAL : due + INTERVAL;
    asked = false;
    paint();
  }

  return () => {
    if (asked) return;
    asked = true;
    nextFrame(frame);
  };
}
