/** @import {Direction, Event} from "../types" */
/** @import {Figure} from "../figure.js" */
/** @import {SceneEdge} from "../scene.js" */

import { set, write } from "../../element.js";
import { thumbSize } from "../measure.js";
import { svg } from "./element.js";
import { drawHeatmap } from "./heatmap.js";
import { roundedPath } from "./path.js";

/**
 * An edge on the drawing: its line, the value above it and the gradient below it.
 *
 * @param {string | null} key null for the line to the drawn output
 * @param {(event: Event) => void} emit
 */
export function createEdge(key, emit) {
  const group = svg("g", { class: "edge" });
  const hit = svg("path", { class: "hit" });
  const wire = svg("path", { class: "wire", "marker-end": "url(#forward-head)" });
  const back = svg("path", { class: "back", "marker-start": "url(#backward-head)" });
  const value = createLabel("value", -1);
  const gradient = createLabel("gradient", 1);
  const parts = [hit, wire, back, value.element, gradient.element];
  group.append(...parts);
  if (key !== null) {
    group.dataset.edge = key;
    set(group, "role", "button");
    set(group, "tabindex", "-1");
    group.addEventListener("click", () => emit({ type: "edge/chosen", edge: key }));
  }

  let away = false;
  return {
    element: group,
    wire,
    /** Out of sight an edge is empty: parts that are only hidden still cost the browser half of every frame. @param {boolean} seen */
    show(seen) {
      if (seen === !away) return;
      away = !seen;
      group.replaceChildren(...(seen ? parts : []));
    },
    /** @param {{points: {x: number, y: number}[], label: import("../types").Box | null}} place @param {Direction} direction */
    place({ points, label }, direction) {
      const path = roundedPath(points);
      for (const line of [hit, wire, back]) set(line, "d", path);
      group.classList.toggle("is-inside", label === null);
      if (!label) return;
      const centre = { x: label.x + label.width / 2, y: label.y + label.height / 2 };
      value.place(centre, direction);
      gradient.place(centre, direction);
    },
    /** @param {Pick<SceneEdge, "value" | "gradient" | "valueShown" | "gradientShown" | "chosen" | "current" | "accessible">} next */
    update(next) {
      value.update(next.value, next.valueShown);
      gradient.update(next.gradient, next.gradientShown);
      group.classList.toggle("is-chosen", next.chosen);
      group.classList.toggle("is-current", next.current);
      group.classList.toggle("has-value", next.valueShown);
      group.classList.toggle("has-gradient", next.gradientShown && next.gradient !== null);
      if (key !== null) set(group, "aria-label", next.accessible());
    },
  };
}

/** @param {"value" | "gradient"} kind @param {1 | -1} side */
function createLabel(kind, side) {
  const group = svg("g", { class: `label is-${kind}` });
  const text = svg("text");
  group.append(text);
  let centre = { x: 0, y: 0 };
  /** @type {Direction} */
  let direction = "right";
  /** @type {number[]} */
  let shape = [];
  /** @type {SVGGElement | null} */
  let map = null;
  /** @type {unknown} */
  let drawn;

  // Places are coordinates, not transforms: thousands of transforms make every frame slow.
  function stand() {
    const size = shape.length > 0 ? thumbSize(shape) : null;
    const beside = direction === "down";
    const rise = size ? (side < 0 ? -size.height - 10 : size.height + 19) : side < 0 ? -7 : 18;
    set(text, "x", String(centre.x + (beside ? 9 * side : 0)));
    set(text, "y", String(centre.y + (beside ? (size ? size.height / 2 + 8 : 5) : rise)));
    group.classList.toggle("is-beside", beside);
    if (!size || !map) return;
    const left = beside ? (side < 0 ? -size.width - 9 : 9) : -size.width / 2;
    const top = beside ? -size.height / 2 - 8 : side < 0 ? -size.height - 5 : 5;
    set(map, "transform", `translate(${centre.x + left} ${centre.y + top})`);
  }

  return {
    element: group,
    /** @param {{x: number, y: number}} next @param {Direction} way */
    place(next, way) {
      centre = next;
      if (way !== direction) drawn = undefined;
      direction = way;
      stand();
    },
    /** @param {Figure | null} figure @param {boolean} shown */
    update(figure, shown) {
      group.classList.toggle("is-hidden", !shown || figure === null);
      if (figure === null || figure.value === drawn) return;
      drawn = figure.value;
      write(text, kind === "gradient" ? `${direction === "down" ? "▴" : "◂"} ${figure.short}` : figure.short);
      if (figure.shape.join() !== shape.join()) {
        map?.remove();
        map = figure.shape.length > 0 ? svg("g") : null;
        if (map) group.prepend(map);
        shape = figure.shape;
        stand();
      }
      if (map) drawHeatmap(map, figure.value, thumbSize(shape), { kind });
    },
  };
}
