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

test("of a slow run the axis has room for half a minute, and never less than it had", () => {
  const reach = createReach();
  assert.equal(reach(run(0, 300)), 1000);
  assert.equal(reach(run(100, 2970)), 1000);
  assert.equal(reach(run(1000, 270)), 2000);
  assert.equal(reach(run(1500, null, "paused")), 2000);
});

test("a run that stands still and was not watched has an axis as long as it is", () => {
  assert.equal(createReach()(run(4321, null, "stopped")), 4321);
});

test("a run that nears its end has no more than its own axis", () => {
  assert.equal(createReach()(run(10000, 0)), 10000);
});
