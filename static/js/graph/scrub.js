/** How a number answers to arrow keys and to being dragged sideways: pure arithmetic, no rounding noise. */

/** Pixels of a sideways drag for one step. */
const PIXELS = 3;

/**
 * The step that suits a number: 1 for whole numbers, a tenth or less of its leading digit for others.
 *
 * @param {number} value
 * @returns {number}
 */
export function stepFor(value) {
  if (!Number.isFinite(value) || Number.isInteger(value)) return 1;
  return 10 ** Math.min(-1, Math.floor(Math.log10(Math.abs(value))) - 1);
}

/**
 * A number moved by some steps.
 *
 * @param {number} value
 * @param {number} steps
 * @param {number} step
 * @returns {number}
 */
export function moved(value, steps, step) {
  const decimals = Math.min(12, Math.max(decimalsOf(value), decimalsOf(step)));
  return Number((value + steps * step).toFixed(decimals));
}

/**
 * The number a drag leads to.
 *
 * @param {number} start the number when the drag began
 * @param {number} pixels how far it went, to the right
 * @param {number} [factor] 10 with Shift, 0.1 with Alt
 * @returns {number}
 */
export function dragged(start, pixels, factor = 1) {
  return moved(start, Math.round(pixels / PIXELS), stepFor(start) * factor);
}

/** @param {{shiftKey: boolean, altKey: boolean}} keys */
export const factorOf = ({ shiftKey, altKey }) => (shiftKey ? 10 : altKey ? 0.1 : 1);

/** @param {number} value */
function decimalsOf(value) {
  const [digits, exponent] = String(value).split("e");
  return Math.max(0, (digits.split(".")[1] ?? "").length - Number(exponent ?? 0));
}
