import assert from "node:assert/strict";
import { test } from "node:test";
import { createReach } from "../../../static/js/training/curves/reach.js";

/** @param {number} iteration @param {number | null} eta_seconds @param {any} [state] */
const run = (iteration, eta_seconds, state = "running") => ({
  id: "run",
  state,
  progress: { iteration, iterations: 10000, eta_seconds },
});

test("a run that will soon be over has all of its axis, as has one of which nothing is known", () => {
  const reach = createReach();
  assert.equal(reach(run(0, null, "queued")), 10000);
  assert.equal(reach(run(0, null)), 10000);
  assert.equal(reach(run(1, 8)), 10000);
});

test("it keeps its axis while it is slower than it seemed, and paused", () => {
  const reach = createReach();
  assert.equal(reach(run(1, 8)), 10000);
  assert.equal(reach(run(100, 40)), 10000);
  assert.equal(reach(run(150, null, "paused")), 10000);
});

test("of a slow run the axis grows with its curve", () => {
  const reach = createReach();
  assert.equal(reach(run(0, null)), 10000);
  assert.equal(reach(run(100, 2970)), 100);
  assert.equal(reach(run(1000, 270)), 1000);
  assert.equal(reach(run(1500, null, "paused")), 1500);
});

test("a run that was stopped before its end has an axis as long as it is", () => {
  const reach = createReach();
  assert.equal(reach(run(100, 8)), 10000);
  assert.equal(reach(run(4321, null, "stopped")), 4321);
});

test("a run that stands still and was not watched has an axis as long as it is", () => {
  assert.equal(createReach()(run(4321, null, "stopped")), 4321);
});

test("a run that nears its end has no more than its own axis", () => {
  assert.equal(createReach()(run(10000, 0)), 10000);
});
