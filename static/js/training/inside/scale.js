/**
 * A colour scale shared by every image beside it: gradient-vermilion below zero, paper at zero, value-blue above, with
 * equal steps for equal weights, so that two images can be compared.
 *
 * @typedef {[number, number, number]} Colour red, green and blue from 0 to 255
 */

/**
 * @param {string} text `rgb(…)`, `rgba(…)`, `color(srgb …)` or `#rrggbb`, as getComputedStyle and tokens write it
 * @returns {Colour}
 */
export function colour(text) {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  if (hex) return [Number.parseInt(hex[1], 16), Number.parseInt(hex[2], 16), Number.parseInt(hex[3], 16)];
  const numbers = (text.match(/[\d.]+(e-?\d+)?/gi) ?? []).map(Number);
  const parts = text.startsWith("color(") ? numbers.slice(0, 3).map((part) => 255 * part) : numbers;
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}

/**
 * @param {Colour} below colour at −1
 * @param {Colour} zero
 * @param {Colour} above colour at +1
 * @returns {Uint8ClampedArray} 255 colours of four bytes; entry k + 127 is the colour of k / 127
 */
export function palette(below, zero, above) {
  const table = new Uint8ClampedArray(255 * 4);
  for (let k = -127; k <= 127; k += 1) {
    const end = k < 0 ? below : above;
    const part = Math.abs(k) / 127;
    for (let channel = 0; channel < 3; channel += 1) {
      table[4 * (k + 127) + channel] = zero[channel] + part * (end[channel] - zero[channel]);
    }
    table[4 * (k + 127) + 3] = 255;
  }
  return table;
}

/**
 * @param {Int8Array} steps −127 … 127
 * @param {Uint8ClampedArray} table from `palette`
 * @param {Uint8ClampedArray} image four bytes a pixel, written to
 */
export function paint(steps, table, image) {
  for (let k = 0; k < steps.length; k += 1) {
    const entry = 4 * (Math.max(-127, steps[k]) + 127);
    image[4 * k] = table[entry];
    image[4 * k + 1] = table[entry + 1];
    image[4 * k + 2] = table[entry + 2];
    image[4 * k + 3] = 255;
  }
}

/**
 * @param {ArrayLike<number>} numbers
 * @returns {{steps: Int8Array, limit: number}} the numbers in steps of limit / 127, limit being the largest of them
 */
export function quantize(numbers) {
  let limit = 0;
  for (let k = 0; k < numbers.length; k += 1) limit = Math.max(limit, Math.abs(numbers[k]));
  const steps = new Int8Array(numbers.length);
  if (limit > 0) for (let k = 0; k < numbers.length; k += 1) steps[k] = Math.round((127 * numbers[k]) / limit);
  return { steps, limit };
}

/**
 * @param {string} text base64
 * @returns {Uint8Array}
 */
export function bytes(text) {
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k += 1) out[k] = raw.charCodeAt(k);
  return out;
}
