/** @import {Matrix} from "./types" */
/** @import {Setting} from "./map.js" */
import { html } from "../draw/element.js";
import { ravel } from "./position.js";

/** Maps stand side by side where none is taller. */
const TALLEST = 320;

/**
 * A large array as one picture; what is lit or chosen stands over it as boxes. The picture is a mask, so that its
 * colour is the theme's.
 *
 * @param {Matrix} matrix
 * @param {number[][]} numbers
 * @param {number} largest
 * @param {Setting} setting
 */
export function picture(matrix, numbers, largest, { room, chosen, lights }) {
  const [height, width] = [numbers.length, numbers[0].length];
  const size = Math.max(2, Math.min(16, Math.floor(room / width), Math.floor(TALLEST / height)));
  const element = html("div", { class: "picture", role: "row" });
  element.style.aspectRatio = `${width} / ${height}`;
  element.style.width = `${Math.min(room, width * size)}px`;
  for (const sign of [1, -1]) {
    const layer = html("div", { class: sign > 0 ? "layer" : "layer is-negative" });
    layer.style.maskImage = `url(${mask(numbers, size, largest, sign)})`;
    element.append(layer);
  }
  /** @param {number[]} index @param {string} name */
  const box = (index, name) => {
    const n = ravel(index, matrix.shape);
    const mark = html("div", { class: name });
    mark.style.left = `${((n % width) / width) * 100}%`;
    mark.style.top = `${(Math.floor(n / width) / height) * 100}%`;
    mark.style.width = `${100 / width}%`;
    mark.style.height = `${100 / height}%`;
    element.append(mark);
    return mark;
  };
  for (const index of lights) box(index, "mark is-lit");
  const cursor = box(chosen ?? matrix.shape.map(() => 0), chosen ? "mark is-chosen" : "mark is-waiting");
  cursor.setAttribute("role", "gridcell");
  cursor.setAttribute("aria-selected", String(chosen !== null));
  cursor.setAttribute("aria-label", chosen ? `${matrix.name}[${chosen.join(",")}]` : matrix.name);
  return element;
}

/** @param {number[][]} numbers @param {number} size @param {number} largest @param {number} sign */
function mask(numbers, size, largest, sign) {
  const canvas = document.createElement("canvas");
  canvas.width = numbers[0].length * size;
  canvas.height = numbers.length * size;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  numbers.forEach((row, r) => {
    row.forEach((x, c) => {
      if (!Number.isFinite(x) || x * sign <= 0) return;
      pen.fillStyle = `rgb(0 0 0 / ${Math.abs(x) / largest})`;
      pen.fillRect(c * size, r * size, size, size);
    });
  });
  return canvas.toDataURL();
}
