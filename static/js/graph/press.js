/**
 * What would move the page waits for the pointer: a button that is being pressed must not move away from under it.
 *
 * @param {Window} page
 * @returns {() => Promise<void>} resolves where nothing is pressed: at once, or after the click that a press becomes
 */
export function createPress(page) {
  let pressed = Promise.resolve();
  let release = () => {};

  /** @param {PointerEvent} event */
  function press({ button }) {
    if (button !== 0) return;
    release();
    pressed = new Promise((resolve) => {
      release = resolve;
    });
  }

  page.addEventListener("pointerdown", press, { capture: true });
  for (const name of ["pointerup", "pointercancel"])
    page.addEventListener(name, () => page.setTimeout(release), { capture: true });
  return () => pressed;
}
