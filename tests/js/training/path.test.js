import assert from "node:assert/strict";
import { test } from "node:test";
import { path } from "../../../static/js/training/curves/path.js";

test("a line becomes a path that breaks where a number is none", () => {
  const twice = (/** @type {number} */ value) => 2 * value;
  assert.equal(path({ x: [0, 1, 2, 3], y: [1, Number.NaN, 1.04, 2] }, twice, twice), "M0,2M4,2.1L6,4");
  assert.equal(path({ x: [], y: [] }, twice, twice), "M0,0");
});
