/** @import {Value} from "../types" */
import { number } from "../../format.js";
import { rows, strongestOf } from "../array.js";
import { svg } from "./element.js";

/** Above this many cells an array is drawn as one picture. */
const MOST_CELLS = 600;
const STRONGEST = 0.62;
const BEHIND_TEXT = 0.3;

/**
 * Draw an array as a heat map: the stronger a cell, the larger its number's size; a bar marks a negative one.
 *
 * @param {SVGGElement} group what it is drawn into, emptied first
 * @param {Value} value
 * @param {{width: number, height: number}} size
 * @param {{kind: "value" | "gradient", numbers?: boolean}} options
 */
export function drawHeatmap(group, value, size, { kind, numbers = false }) {
  const cells = rows(value);
  const height = size.height / cells.length;
  const width = size.width / cells[0].length;
  const largest = strongestOf(cells);
  group.setAttribute("class", `heatmap is-${kind}`);
  group.replaceChildren(svg("rect", { class: "ground", width: size.width, height: size.height }));
  if (cells.length * cells[0].length > MOST_CELLS) {
    group.append(picture(cells, size, largest));
    return;
  }
  const strongest = numbers ? BEHIND_TEXT : STRONGEST;
  cells.forEach((row, i) => {
    row.forEach((cell, j) => {
      const strength = largest > 0 && Number.isFinite(cell) ? Math.abs(cell) / largest : 0;
      const box = { x: j * width, y: i * height, width, height };
      const title = svg("title");
      title.textContent = number(cell);
      const rect = svg("rect", { class: "cell", ...box, "fill-opacity": (strength * strongest).toFixed(3) }, title);
      group.append(rect);
      if (numbers) {
        const text = svg("text", { class: "cell-number", x: box.x + width / 2, y: box.y + height / 2 + 5 });
        text.textContent = number(cell, 3);
        if (text.textContent.length > 4) group.classList.add("is-long");
        group.append(text);
      } else if (cell < 0 && width >= 5 && height >= 5) {
        const y = box.y + height / 2;
        group.append(svg("path", { class: "minus", d: `M${box.x + width * 0.25} ${y}h${width * 0.5}` }));
      }
    });
  });
}

/** @param {number[][]} cells @param {{width: number, height: number}} size @param {number} largest */
function picture(cells, size, largest) {
  const canvas = document.createElement("canvas");
  canvas.width = cells[0].length;
  canvas.height = cells.length;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const pixels = pen.createImageData(canvas.width, canvas.height);
  cells.flat().forEach((cell, i) => {
    pixels.data[4 * i + 3] = Math.round(255 * (largest > 0 && Number.isFinite(cell) ? Math.abs(cell) / largest : 0));
  });
  pen.putImageData(pixels, 0, 0);
  // The picture holds strengths alone; the colour is the theme's.
  const id = `picture-${++pictures}`;
  const image = svg("image", { href: canvas.toDataURL(), preserveAspectRatio: "none", ...size });
  const mask = svg("mask", { id, "mask-type": "alpha" }, image);
  return svg("g", {}, mask, svg("rect", { class: "cell", ...size, mask: `url(#${id})` }));
}

let pictures = 0;
