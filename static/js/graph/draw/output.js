/** @import {Box} from "../types" */
/** @import {Scene} from "../scene.js" */

import { write } from "../../element.js";
import { BOX, mapSize, NAME, outputSize, written } from "../measure.js";
import { svg } from "./element.js";
import { drawHeatmap } from "./heatmap.js";

/** The answer at the right end: its name and its number, large. @param {Scene["output"]} output */
export function createOutput(output) {
  const element = svg("g", { class: "output" });
  const name = svg("text", { class: "name", x: 8, y: NAME - 5 });
  element.append(name);
  const show = output.figure && output.figure.shape.length > 0 ? arrayBody(element, output) : scalarBody(element);
  return {
    element,
    /** @param {Box} box */
    place({ x, y }) {
      element.style.transform = `translate(${x}px, ${y}px)`;
    },
    /** @param {Scene["output"]} next */
    update(next) {
      write(name, next.name);
      element.classList.toggle("is-hidden", !next.valueShown || !next.figure);
      if (next.figure) show(next.figure);
    },
  };
}

/** @param {SVGGElement} element */
function scalarBody(element) {
  const text = svg("text", { class: "big", x: 8, y: NAME + BOX / 2 + 9 });
  element.append(text);
  return (/** @type {import("../figure.js").Figure} */ figure) => write(text, figure.text);
}

/** @param {SVGGElement} element @param {Scene["output"]} output */
function arrayBody(element, output) {
  const shape = output.figure?.shape ?? [];
  const { width, height } = outputSize(output);
  const size = mapSize(shape);
  const map = svg("g", {});
  map.style.transform = `translate(${(width - size.width) / 2}px, ${NAME + 8}px)`;
  const text = svg("text", { class: "shape", x: width / 2, y: height - 7 });
  element.append(map, text);
  /** @type {unknown} */
  let drawn;
  return (/** @type {import("../figure.js").Figure} */ figure) => {
    write(text, figure.text);
    if (figure.value === drawn) return;
    drawn = figure.value;
    drawHeatmap(map, figure.value, size, { kind: "value", numbers: written(shape) });
  };
}
