import assert from "node:assert/strict";
import { test } from "node:test";
import { dragged, factorOf, moved, stepFor } from "../../../static/js/graph/scrub.js";

test("steps suit the number", () => {
  assert.deepEqual([100, 2, 0, 1.1, 0.56, 12.5].map(stepFor), [1, 1, 1, 0.1, 0.01, 0.1]);
});

test("moving makes no rounding noise", () => {
  assert.equal(moved(1.1, 1, 0.1), 1.2);
  assert.equal(moved(0.3, -1, 0.1), 0.2);
  assert.equal(moved(100, 20, 1), 120);
});

test("a drag of 60 pixels is 20 steps, Shift ten times as many, Alt a tenth", () => {
  assert.equal(dragged(100, 60), 120);
  assert.equal(dragged(100, 60, factorOf({ shiftKey: true, altKey: false })), 300);
  assert.equal(dragged(100, 60, factorOf({ shiftKey: false, altKey: true })), 102);
});
