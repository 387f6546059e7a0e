import assert from "node:assert/strict";
import { test } from "node:test";
import { headOf } from "../../../static/js/graph/head.js";

const frame = { x: 100, y: 50, width: 300, height: 200 };
/** @param {[number, number][]} points @param {import("../../../static/js/graph/types").Box | null} [label] */
const edge = (points, label = null) => ({ points: points.map(([x, y]) => ({ x, y })), label });

test("a name stands at the left of its frame where nothing passes", () => {
  const beside = edge([
    [0, 150],
    [160, 150],
  ]);
  assert.equal(headOf(frame, "softmax", new Map([["a", beside]])), 8);
});

test("a name moves aside for a line that enters from above", () => {
  const down = edge([
    [130, 0],
    [130, 150],
  ]);
  assert.equal(headOf(frame, "softmax", new Map([["a", down]])), 38);
});

test("a name keeps clear of numbers as well, and takes the widest room where none is wide enough", () => {
  const wide = edge([], { x: 110, y: 40, width: 150, height: 30 });
  const far = edge([
    [320, 0],
    [320, 150],
  ]);
  const edges = new Map([
    ["a", wide],
    ["b", far],
  ]);
  assert.equal(headOf(frame, "softmax with loss", edges), 228);
});
