import assert from "node:assert/strict";
import { test } from "node:test";
import { journeys } from "../../../static/js/graph/draw/glide.js";
import { sceneOf } from "../../../static/js/graph/scene.js";
import { apples, evaluated, stateOf, t } from "./apples.js";

const bill = { id: "bill", op: "bill", nodes: ["apple_price", "price"], inputs: ["apple", "apple_num", "tax"] };

/** @param {boolean} collapsed */
const scene = (collapsed) =>
  /** @type {any} */ (sceneOf(stateOf({ ...apples, groups: [{ ...bill, collapsed }] }, evaluated), t));

/** @param {any} drawn @param {number} left */
const placed = (drawn, left) => ({
  direction: /** @type {const} */ ("right"),
  nodes: new Map(
    drawn.nodes.map((/** @type {any} */ node, /** @type {number} */ i) => [
      node.id,
      { x: left + i, y: 0, width: 48, height: 48 },
    ]),
  ),
  edges: new Map(),
  groups: new Map(),
  width: 0,
  height: 0,
});

test("what a composite opens into comes out of it, and goes back when it closes", () => {
  const [closed, open] = [scene(true), scene(false)];
  const [from, to] = [placed(closed, 0), placed(open, 100)];
  const opening = journeys(closed, from, open, to);
  assert.deepEqual([...opening.entering.keys()], ["apple_price"]);
  assert.deepEqual(opening.entering.get("apple_price"), from.nodes.get("price"));
  const closing = journeys(open, to, closed, from);
  assert.deepEqual(closing.leaving.get("apple_price"), from.nodes.get("price"));
});
