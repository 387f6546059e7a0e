/**
 * Repaints at most once per animation frame however often it is asked, and not at all while the tab is hidden: the
 * first frame after the return shows everything that came meanwhile.
 *
 * @param {() => void} paint
 * @param {(callback: () => void) => unknown} [nextFrame]
 * @returns {() => void} ask for a repaint
 */
export function oncePerFrame(paint, nextFrame = (callback) => requestAnimationFrame(callback)) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    nextFrame(() => {
      asked = false;
      paint();
    });
  };
}
