import assert from "node:assert/strict";
import { test } from "node:test";
import { roundedPath } from "../../../static/js/graph/draw/path.js";
import { placement, question, signature } from "../../../static/js/graph/layout.js";
import { sceneOf } from "../../../static/js/graph/scene.js";
import { apples, evaluated, stateOf, t } from "./apples.js";

/** @param {...import("../../../static/js/graph/types").Event} events */
const scene = (...events) =>
  /** @type {import("../../../static/js/graph/scene.js").Scene} */ (sceneOf(stateOf(apples, evaluated, ...events), t));

test("ports stand in slot order and every edge has one label", () => {
  const asked = question(scene());
  const price = asked.children.find((/** @type {any} */ child) => child.id === "n:price");
  const [first, second] = price.ports.filter(
    (/** @type {any} */ port) => port.layoutOptions["elk.port.side"] === "WEST",
  );
  assert.ok(first.y < second.y);
  assert.ok(asked.edges.every((/** @type {any} */ edge) => edge.labels.length === 1));
});

test("the layout depends on the topology, not on values, steps or choices", () => {
  const start = signature(scene());
  assert.equal(signature(scene({ type: "value/edited", node: "apple", value: 99999 })), start);
  assert.equal(signature(scene({ type: "step/changed", step: 2 }, { type: "node/chosen", node: "price" })), start);
  assert.notEqual(signature(scene({ type: "value/edited", node: "apple", value: [1, 2] })), start);
});

test("an edge into a circle ends on the circle", () => {
  const now = scene();
  const edge = {
    id: "e:apple_price:price:0",
    sections: [{ startPoint: { x: 0, y: 15 }, endPoint: { x: 100, y: 15 } }],
    labels: [],
  };
  const answer = {
    width: 200,
    height: 60,
    children: [{ id: "n:price", x: 100, y: 0, width: 48, height: 48 }],
    edges: [edge],
  };
  const end = placement(answer, now).edges.get("apple_price:price:0")?.points.at(-1);
  assert.ok(end);
  assert.ok(Math.abs(Math.hypot(end.x - 124, end.y - 24) - 24) < 1e-9);
});

test("corners are rounded", () => {
  assert.equal(
    roundedPath(
      [
        { x: 0, y: 0 },
        { x: 20, y: 0 },
        { x: 20, y: 30 },
      ],
      8,
    ),
    "M0 0L12 0Q20 0 20 8L20 30",
  );
});
