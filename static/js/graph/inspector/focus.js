/**
 * Draw anew without losing the focus: what had it is found again by its `data-focus`.
 *
 * @param {HTMLElement} container
 * @param {() => void} draw
 */
export function keepFocus(container, draw) {
  const active = container.contains(document.activeElement) ? document.activeElement : null;
  const name = active?.closest("[data-focus]")?.getAttribute("data-focus");
  draw();
  if (name === null || name === undefined) return;
  const found = /** @type {HTMLElement | null} */ (container.querySelector(`[data-focus="${CSS.escape(name)}"]`));
  const target = found?.matches("[role=grid]:not([tabindex])")
    ? /** @type {HTMLElement | null} */ (found.querySelector("[tabindex='0']"))
    : found;
  target?.focus({ preventScroll: true });
}
