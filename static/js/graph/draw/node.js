/** @import {Box, Event} from "../types" */
/** @import {SceneNode} from "../scene.js" */

import { set, write } from "../../element.js";
import { number } from "../../format.js";
import { SIGNS } from "../check/grade.js";
import { slotOffset } from "../layout.js";
import {
  BOX,
  innerPlaces,
  innerSize,
  isOneLetter,
  mapSize,
  nodeSize,
  RADIUS,
  RAISED,
  symbolSize,
  written,
} from "../measure.js";
import { svg } from "./element.js";
import { createField } from "./field.js";
import { drawHeatmap } from "./heatmap.js";

/**
 * A node on the drawing: a circle with its symbol, a variable's box, or a constant.
 *
 * @param {SceneNode} node
 * @param {(event: Event) => void} emit
 */
export function createNode(node, emit) {
  const group = svg("g", { "data-node-id": node.id, class: `node is-${node.kind}` });
  const body = { input: inputBody, constant: constantBody, op: opBody, group: opBody }[node.kind](group, node, emit);
  const mark = createMark(group, node);
  const interactive = node.kind === "op" || node.kind === "group" || node.kind === "constant";
  set(group, "role", interactive ? "button" : "group");
  set(group, "tabindex", interactive && !node.inside ? "0" : "-1");

  group.addEventListener("click", () => emit({ type: "node/chosen", node: node.id }));
  group.addEventListener("focus", () => emit({ type: "node/focused", node: node.id }));
  group.addEventListener("keydown", (event) => {
    if (!interactive || event.target !== group || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    event.stopPropagation();
    const again = node.opens && group.getAttribute("aria-pressed") === "true";
    emit({ type: again ? "node/opened" : "node/chosen", node: node.id });
  });
  if (node.opens) group.addEventListener("dblclick", () => emit({ type: "node/opened", node: node.id }));

  return {
    element: group,
    /** @param {boolean} seen whether it is near enough to be seen */
    show(seen) {
      group.classList.toggle("is-away", !seen);
    },
    /** @param {Box} box */
    place({ x, y }) {
      group.style.transform = `translate(${x}px, ${y}px)`;
    },
    /** @param {SceneNode} next @param {string | null} message why what is typed is refused */
    update(next, message) {
      set(group, "aria-label", next.fault ? `${next.accessible()}. ${next.fault}` : next.accessible());
      if (interactive) set(group, "aria-pressed", String(next.chosen));
      group.classList.toggle("is-chosen", next.chosen);
      group.classList.toggle("is-current", next.current);
      group.classList.toggle("is-pending", next.pending);
      group.classList.toggle("is-faulty", next.fault !== null);
      body(next, message);
      mark(next.checked);
    },
  };
}

/** What the gradient check found, below a node. @param {SVGGElement} group @param {SceneNode} node */
function createMark(group, node) {
  const { width, height } = nodeSize(node);
  const sign = svg("tspan");
  const error = svg("tspan", { class: "error" });
  const text = svg("text", { class: "checked", x: width / 2, y: height + 15 }, sign, error);
  // Where lines go down, the numbers of the edge stand there.
  const [x, y] = beside(node);
  text.style.setProperty("--beside", `translate(${x - width / 2}px, ${y - height - 15}px)`);
  return (/** @type {SceneNode["checked"]} */ checked) => {
    if (!checked) {
      if (group.dataset.check) delete group.dataset.check;
      text.remove();
      return;
    }
    if (!text.isConnected) group.append(text);
    set(group, "data-check", checked.grade);
    write(sign, SIGNS[checked.grade]);
    write(error, checked.grade === "kink" ? "" : ` ${number(checked.error, 2)}`);
  };
}

/** Where a mark stands clear of the edges that go down: right of a circle, within a box. @param {SceneNode} node */
function beside(node) {
  const { width, height, top } = nodeSize(node);
  if (node.kind === "op" || node.kind === "group") return [width + 5, height / 2 + 4];
  return node.figure?.shape.length ? [8, height - 7] : [width - 34, top + (height - top) / 2 + 5];
}

/** @param {SVGGElement} group @param {SceneNode} node */
function opBody(group, node) {
  const { width, height } = nodeSize(node);
  const round = Math.min(width, height) / 2;
  const frame = svg("rect", { class: "frame", width, height, rx: Math.min(round, RADIUS) });
  const symbol = svg("text", { class: "symbol", x: innerPlaces(node).symbol, y: height / 2 });
  if (node.inner?.raised === "symbol") raise(symbol);
  symbol.classList.toggle("is-word", !isOneLetter(node.symbol));
  symbol.style.setProperty("--size", `${symbolSize(node)}px`);
  group.append(frame);
  if (node.opens)
    group.append(
      svg("rect", { class: "rim", x: 4, y: 4, width: width - 8, height: height - 8, rx: Math.min(round, RADIUS) - 4 }),
    );
  group.append(symbol);
  if (node.slots > 3) {
    for (let slot = 0; slot < node.slots; slot++)
      group.append(svg("circle", { class: "port", cy: height / 2 + slotOffset(slot, node.slots), r: 2 }));
  }
  return (/** @type {SceneNode} */ next) => write(symbol, next.symbol);
}

/** Let a text stand as an exponent. @param {SVGTextElement} text */
function raise(text) {
  text.classList.add("is-raised");
  text.setAttribute("y", String(Number(text.getAttribute("y")) - RAISED));
}

/** @param {SVGGElement} group @param {SceneNode} node */
function constantBody(group, node) {
  const { width, height } = nodeSize(node);
  group.append(svg("rect", { class: node.inside ? "inset" : "frame", width, height, rx: 6 }));
  if (node.inside) {
    const digits = svg("text", { class: "digits", x: width / 2, y: height / 2 });
    digits.style.setProperty("--size", `${innerSize(node.inner)}px`);
    if (node.inner?.raised === "constant") raise(digits);
    digits.textContent = node.inner?.text ?? "";
    group.append(digits);
    return () => {};
  }
  if (node.figure && node.figure.shape.length > 0) return arrayBody(group, node, 0);
  const text = svg("text", { class: "number", x: width / 2, y: height / 2 + 5 });
  group.append(text);
  return (/** @type {SceneNode} */ next) => write(text, next.figure?.text ?? "");
}

/** @param {SVGGElement} group @param {SceneNode} node @param {(event: Event) => void} emit */
function inputBody(group, node, emit) {
  const { width, height, top } = nodeSize(node);
  const name = svg("text", { class: "name", x: 0, y: top - 7, "aria-hidden": "true" });
  group.append(name, svg("rect", { class: "frame", y: top, width, height: height - top, rx: 6 }));
  const body =
    node.figure && node.figure.shape.length > 0
      ? arrayBody(group, node, top, emit)
      : scalarBody(group, node, { width, top }, emit);
  return (/** @type {SceneNode} */ next, /** @type {string | null} */ message) => {
    write(name, next.name);
    body(next, message);
  };
}

/** @param {SVGGElement} group @param {SceneNode} node @param {{width: number, top: number}} room @param {(event: Event) => void} emit */
function scalarBody(group, node, { width, top }, emit) {
  const field = createField(node.id, emit);
  const holder = svg("foreignObject", { x: 0, y: top, width, height: BOX });
  holder.append(field.element);
  group.append(holder, svg("path", { class: "grip", d: `M${width - 18} ${top + 10}v10m5-10v10m5-10v10` }));
  return (/** @type {SceneNode} */ next, /** @type {string | null} */ message) => {
    group.classList.toggle("is-refused", message !== null);
    field.update({ name: next.name, value: next.figure?.value ?? 0, message });
  };
}

/** @param {SVGGElement} group @param {SceneNode} node @param {number} top @param {(event: Event) => void} [emit] */
function arrayBody(group, node, top, emit) {
  const shape = node.figure?.shape ?? [];
  const size = mapSize(shape);
  const { width, height } = nodeSize(node);
  const map = svg("g", {});
  const numbers = written(shape);
  map.style.transform = `translate(${(width - size.width) / 2}px, ${top + 10}px)`;
  const text = svg("text", { class: "shape", x: width / 2, y: height - 7 });
  group.append(map, text);
  if (emit) {
    group.append(svg("path", { class: "grip", d: `M${width - 18} ${height - 16}v8m5-8v8m5-8v8` }));
    const press = svg("rect", { class: "press", y: top, width, height: height - top, tabindex: 0, role: "button" });
    press.addEventListener("click", () => emit({ type: "array/opened", node: node.id }));
    press.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      emit({ type: "array/opened", node: node.id });
    });
    group.append(press);
  }
  /** @type {unknown} */
  let drawn;
  return (/** @type {SceneNode} */ next) => {
    const press = group.querySelector(".press");
    if (press) set(press, "aria-label", next.name);
    if (!next.figure || next.figure.value === drawn) return;
    drawn = next.figure.value;
    write(text, next.figure.text);
    drawHeatmap(map, next.figure.value, size, { kind: "value", numbers });
  };
}
