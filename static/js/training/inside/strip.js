/** @import {Colour} from "./scale.js" */

import { set } from "../../element.js";
import { colour } from "./scale.js";

const WIDTH = 160;
const HEIGHT = 44;

/**
 * Histograms over time as a picture: left to right the iterations, bottom to top the values, darker where more numbers
 * lie. The share is drawn on a root scale, or the few large ones would never be seen.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{columns: {iteration: number, low: number, high: number, counts: number[]}[], low: number, high: number}} history
 * @param {string} ground
 * @param {string} ink
 * @param {number | null} marked iteration to mark
 */
export function drawStrip(canvas, { columns, low, high }, ground, ink, marked) {
  set(canvas, "width", WIDTH);
  set(canvas, "height", HEIGHT);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(WIDTH, HEIGHT);
  const from = colour(ground);
  const to = colour(ink);
  const last = columns.at(-1)?.iteration ?? 0;
  const first = columns[0]?.iteration ?? 0;
  let k = 0;
  for (let x = 0; x < WIDTH; x += 1) {
    const iteration = first + ((last - first) * x) / (WIDTH - 1);
    while (k + 1 < columns.length && columns[k + 1].iteration <= iteration) k += 1;
    if (columns.length > 0) drawColumn(image, x, columns[k], { low, high }, from, to);
  }
  context.putImageData(image, 0, 0);
  if (marked !== null && last > first) {
    context.fillStyle = ink;
    context.fillRect(((marked - first) / (last - first)) * (WIDTH - 1), 0, 0.7, HEIGHT);
  }
}

/**
 * @param {ImageData} image
 * @param {number} x
 * @param {{low: number, high: number, counts: number[]}} histogram
 * @param {{low: number, high: number}} scale
 * @param {Colour} from
 * @param {Colour} to
 */
function drawColumn(image, x, { low, high, counts }, scale, from, to) {
  const peak = Math.max(...counts, 1);
  for (let y = 0; y < HEIGHT; y += 1) {
    const value = scale.high - ((scale.high - scale.low) * (y + 0.5)) / HEIGHT;
    const bin = high > low ? Math.floor(((value - low) / (high - low)) * counts.length) : -1;
    const share = Math.sqrt((counts[bin] ?? 0) / peak);
    const place = 4 * (y * WIDTH + x);
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[place + channel] = from[channel] + share * (to[channel] - from[channel]);
    }
    image.data[place + 3] = 255;
  }
}
