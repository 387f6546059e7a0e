/** @import {Ink} from "../curves/ink.js" */
/** @import {Images} from "../types" */

import { byId, set, write } from "../../element.js";
import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { bytes, colour, paint, palette } from "./scale.js";

const GAP = 1;

/** The first layer's weights, one image a neuron, all on one scale that is written beside them. */
export function createWeights() {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("weights"));
  const scale = /** @type {HTMLCanvasElement} */ (byId("weights-scale"));
  const ends = { low: byId("weights-low"), high: byId("weights-high") };
  const caption = byId("weights-caption");

  return {
    /** @param {Images | null} images @param {Ink} ink */
    update(images, ink) {
      set(canvas, "hidden", images === null);
      set(/** @type {Element} */ (scale.parentElement), "hidden", images === null);
      if (!images) {
        caption.textContent = t("The first weights appear here as soon as the run has started.");
        return;
      }
      const table = palette(colour(ink.gradient), colour(ink.panel), colour(ink.value));
      drawImages(canvas, images, table, ink.line);
      drawScale(scale, table);
      write(ends.low, `−${number(images.limit, 2)}`);
      write(ends.high, `+${number(images.limit, 2)}`);
      const [count, height, width] = images.shape;
      const params = { name: images.name, count, height, width };
      const words = t(
        "{name}: {count} neurons, each a picture of its {height} × {width} weights. Blue wants ink, red wants paper.",
        params,
      );
      write(caption, words);
      set(canvas, "aria-label", words);
    },
  };
}

/**
 * @param {number} count
 * @param {number} side of one image in its own pixels
 * @param {number} width there is, in pixels of the page
 * @returns {number} how many images stand in a row, so that each is large enough to read and the rows are even
 */
export function columnsOf(count, side, width) {
  const most = Math.max(1, Math.floor(width / Math.max(40, 1.2 * side)));
  const rows = Math.ceil(count / most);
  return Math.ceil(count / rows);
}

/** @param {HTMLCanvasElement} canvas @param {Images} images @param {Uint8ClampedArray} table @param {string} line */
function drawImages(canvas, { shape, data }, table, line) {
  const [count, height, width] = shape;
  const columns = columnsOf(count, width + GAP, canvas.parentElement?.clientWidth ?? 600);
  const rows = Math.ceil(count / columns);
  set(canvas, "width", columns * (width + GAP) - GAP);
  set(canvas, "height", rows * (height + GAP) - GAP);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  const painted = new Uint8ClampedArray(4 * count * height * width);
  paint(new Int8Array(bytes(data).buffer), table, painted);
  const corners = Array.from({ length: count }, (_, k) => ({
    x: (k % columns) * (width + GAP),
    y: Math.floor(k / columns) * (height + GAP),
  }));
  corners.forEach(({ x, y }, k) => {
    for (let row = 0; row < height; row += 1) {
      const from = 4 * width * (k * height + row);
      image.data.set(painted.subarray(from, from + 4 * width), 4 * ((y + row) * canvas.width + x));
    }
  });
  // Put at once: with each image of its own the browser would copy the whole canvas for each.
  context.putImageData(image, 0, 0);
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = line;
  for (const { x, y } of corners) context.fillRect(x - GAP, y - GAP, width + 2 * GAP, height + 2 * GAP);
}

/** @param {HTMLCanvasElement} canvas @param {Uint8ClampedArray} table */
function drawScale(canvas, table) {
  set(canvas, "width", 255);
  set(canvas, "height", 1);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.putImageData(new ImageData(new Uint8ClampedArray(table), 255, 1), 0, 0);
}
