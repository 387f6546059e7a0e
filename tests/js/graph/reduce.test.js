import assert from "node:assert/strict";
import { test } from "node:test";
import { reduce } from "../../../static/js/graph/reduce.js";
import { apples, evaluated, stateOf } from "./apples.js";

/** @param {import("../../../static/js/graph/types").State} state @param {string} id */
const given = (state, id) => state.document?.nodes.find((node) => node.id === id)?.value;

test("an edited value is in the next state's document and not in the last one's", () => {
  const before = stateOf(apples, evaluated);
  const after = reduce(before, { type: "value/edited", node: "apple", value: 120 });
  assert.equal(given(after, "apple"), 120);
  assert.equal(given(before, "apple"), 100);
  assert.equal(after.revision, before.revision + 1);
});

test("an answer that is older than the one shown is dropped", () => {
  let state = stateOf(apples, evaluated);
  for (const value of [101, 102]) state = reduce(state, { type: "value/edited", node: "apple", value });
  const newer = reduce(state, { type: "evaluation/received", revision: 3, evaluation: evaluated });
  assert.equal(newer.evaluation?.revision, 3);
  assert.equal(reduce(newer, { type: "evaluation/received", revision: 2, evaluation: evaluated }), newer);
});

test("an answer to an older structure is dropped", () => {
  const state = reduce(stateOf(apples, null), { type: "document/changed", document: { ...apples } });
  assert.equal(reduce(state, { type: "evaluation/received", revision: 1, evaluation: evaluated }), state);
});

test("one gesture is one step back", () => {
  let state = stateOf(apples, evaluated);
  for (const value of [101, 102, 103])
    state = reduce(state, { type: "value/edited", node: "apple", value, gesture: "a" });
  state = reduce(state, { type: "value/edited", node: "apple", value: 200, gesture: "b" });
  state = reduce(state, { type: "history/undone" });
  assert.equal(given(state, "apple"), 103);
  state = reduce(state, { type: "history/undone" });
  assert.equal(given(state, "apple"), 100);
  state = reduce(state, { type: "history/redone" });
  assert.equal(given(state, "apple"), 103);
});

test("a problem leaves the last good evaluation in place", () => {
  let state = reduce(stateOf(apples, evaluated), { type: "value/edited", node: "apple", value: [1, 2] });
  state = reduce(state, { type: "evaluation/failed", revision: 2, problem: { title: "no", detail: "shapes" } });
  assert.equal(state.problem?.detail, "shapes");
  assert.equal(state.evaluation?.revision, 1);
});

test("a refused text is a draft and changes nothing", () => {
  const before = stateOf(apples, evaluated);
  const after = reduce(before, { type: "value/rejected", node: "apple", text: "1o0", message: "number" });
  assert.equal(after.document, before.document);
  assert.equal(after.draft?.text, "1o0");
});

test("play starts before the first step and stops at the last", () => {
  let state = reduce(stateOf(apples, evaluated), { type: "play/toggled" });
  assert.deepEqual([state.step, state.playing], [0, true]);
  for (let i = 0; i < 5; i++) state = reduce(state, { type: "step/advanced" });
  assert.deepEqual([state.step, state.playing, state.shown.node], [5, false, "apple_price"]);
});

test("a step outside the timeline is the nearest one inside", () => {
  const state = stateOf(apples, evaluated, { type: "step/changed", step: 99 });
  assert.equal(state.step, 5);
});

test("an event nobody knows is an error", () => {
  assert.throws(() => reduce(stateOf(apples, null), { type: "nothing/happened" }));
});
