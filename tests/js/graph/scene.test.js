import assert from "node:assert/strict";
import { test } from "node:test";
import { placement, question } from "../../../static/js/graph/layout.js";
import { innerPlaces } from "../../../static/js/graph/measure.js";
import { sceneOf } from "../../../static/js/graph/scene.js";
import { apples, evaluated, stateOf, t } from "./apples.js";

/** @param {any} document */
const scene = (document) => /** @type {any} */ (sceneOf(stateOf(document, evaluated), t));

/** Two apples with the number of apples as a constant. @param {number} value */
const fused = (value, inputs = ["apple", "two"]) => ({
  nodes: [
    { id: "apple", op: "input", value: 100 },
    { id: "two", op: "constant", value },
    { id: "price", op: "mul", inputs },
  ],
  output: "price",
});

test("a constant used once is written into the circle of its op", () => {
  const { nodes } = scene(fused(2));
  assert.equal(nodes[1].inside, "price");
  assert.deepEqual(nodes[2].inner, { text: "2", before: false, raised: null });
});

test("a negative one stands in brackets, the first operand before the sign", () => {
  assert.deepEqual(scene(fused(-1, ["two", "apple"])).nodes[2].inner, { text: "(-1)", before: true, raised: null });
});

test("a power is written as in a textbook: the exponent stands raised beside its base", () => {
  const power = (/** @type {string[]} */ inputs, value = 2) => {
    const document = fused(value, inputs);
    document.nodes[2].op = "pow";
    const { nodes, edges } = /** @type {any} */ (
      sceneOf({ ...stateOf(document, evaluated), ops: /** @type {any} */ ({ pow: { name: "pow", symbol: "xʸ" } }) }, t)
    );
    return { drawn: nodes[2], said: edges[0].accessible() };
  };
  const square = power(["apple", "two"]);
  assert.equal(square.drawn.symbol, "x");
  assert.deepEqual(square.drawn.inner, { text: "2", before: false, raised: "constant" });
  assert.match(square.said, /to xʸ/);
  assert.equal(power(["apple", "two"], -1).drawn.inner.text, "-1");
  const exponential = power(["two", "apple"]).drawn;
  assert.deepEqual([exponential.symbol, exponential.inner], ["x", { text: "2", before: true, raised: "symbol" }]);
  const { symbol, constant } = innerPlaces(exponential);
  assert.ok(symbol > constant.x + constant.width);
});

test("a constant that two ops use stands outside", () => {
  const document = fused(2);
  document.nodes.push({ id: "more", op: "mul", inputs: ["price", "two"] });
  assert.equal(scene({ ...document, output: "more" }).nodes[1].inside, null);
});

test("a constant in a circle has its place there and an edge without length", () => {
  const drawn = scene(fused(2));
  const asked = question(drawn);
  assert.ok(asked.children.every((/** @type {any} */ child) => child.id !== "n:two"));
  const children = asked.children.map((/** @type {any} */ child) => ({ ...child, x: 10, y: 20 }));
  const placed = placement({ children, edges: [], width: 0, height: 0 }, drawn);
  const [constant, circle] = [placed.nodes.get("two"), placed.nodes.get("price")];
  assert.ok(constant && circle);
  assert.ok(constant.x > circle.x && constant.x + constant.width < circle.x + circle.width);
  const points = placed.edges.get("two:price:1")?.points;
  assert.deepEqual(points?.[0], points?.[1]);
});

test("on a narrow screen edges leave below and enter above", () => {
  const asked = question(scene(apples), "down");
  assert.equal(asked.layoutOptions["elk.direction"], "DOWN");
  const price = asked.children.find((/** @type {any} */ child) => child.id === "n:price");
  const sides = price.ports.map((/** @type {any} */ port) => port.layoutOptions["elk.port.side"]);
  assert.deepEqual(sides, ["SOUTH", "NORTH", "NORTH"]);
});

test("names for a screen reader say op, value and gradient", () => {
  const { nodes, edges } = scene(apples);
  assert.equal(nodes[0].accessible(), "input apple price: value 100, gradient 2.2");
  assert.equal(nodes[3].accessible(), "mul ×: value 200, gradient 1.1");
  assert.equal(edges[0].accessible(), "edge from apple price to ×: value 100, gradient 2.2");
});
