/**
 * Places a drawing as MNIST's digits were placed: scaled, keeping its shape, into a box of 20 × 20, then moved so that
 * its centre of mass is the centre of the 28 × 28 image.
 */

export const SIDE = 28;
const BOX = 20;

/**
 * @param {ArrayLike<number>} ink width × height, row by row, 0 is paper and 1 is ink
 * @param {number} width
 * @param {number} height
 * @returns {Float64Array | null} 784 pixels from 0 to 1, null where there is no ink
 */
export function centre(ink, width, height) {
  const bounds = inkBounds(ink, width, height);
  if (!bounds) return null;
  const scale = BOX / Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  const w = Math.max(1, Math.round((bounds.right - bounds.left) * scale));
  const h = Math.max(1, Math.round((bounds.bottom - bounds.top) * scale));
  const small = new Float64Array(w * h);
  let mass = 0;
  let massX = 0;
  let massY = 0;
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const value = meanOver(
        ink,
        width,
        bounds.left + ((bounds.right - bounds.left) * x) / w,
        bounds.left + ((bounds.right - bounds.left) * (x + 1)) / w,
        bounds.top + ((bounds.bottom - bounds.top) * y) / h,
        bounds.top + ((bounds.bottom - bounds.top) * (y + 1)) / h,
      );
      small[y * w + x] = value;
      mass += value;
      massX += value * (x + 0.5);
      massY += value * (y + 0.5);
    }
  }
  const shiftX = clamp(Math.round(SIDE / 2 - massX / mass), 0, SIDE - w);
  const shiftY = clamp(Math.round(SIDE / 2 - massY / mass), 0, SIDE - h);
  const pixels = new Float64Array(SIDE * SIDE);
  const peak = small.reduce((high, value) => Math.max(high, value), 0);
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) pixels[(y + shiftY) * SIDE + x + shiftX] = small[y * w + x] / peak;
  }
  return pixels;
}

/**
 * @param {ArrayLike<number>} ink
 * @param {number} width
 * @param {number} height
 * @returns {{left: number, right: number, top: number, bottom: number} | null} right and bottom lie just outside
 */
function inkBounds(ink, width, height) {
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (ink[y * width + x] < 0.05) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  return right > left ? { left, right, top, bottom } : null;
}

/**
 * Mean of the ink over a rectangle whose edges may cut through pixels.
 *
 * @param {ArrayLike<number>} ink
 * @param {number} width
 * @param {number} left
 * @param {number} right
 * @param {number} top
 * @param {number} bottom
 */
function meanOver(ink, width, left, right, top, bottom) {
  let sum = 0;
  for (let y = Math.floor(top); y < bottom; y += 1) {
    const tall = Math.min(y + 1, bottom) - Math.max(y, top);
    for (let x = Math.floor(left); x < right; x += 1) {
      sum += ink[y * width + x] * tall * (Math.min(x + 1, right) - Math.max(x, left));
    }
  }
  return sum / ((right - left) * (bottom - top));
}

/** @param {number} value @param {number} low @param {number} high */
function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}
