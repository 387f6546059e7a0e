import assert from "node:assert/strict";
import { test } from "node:test";
import { fromAddress, toAddress } from "../../../static/js/graph/url.js";
import { apples, evaluated, stateOf } from "./apples.js";

test("the step is part of the address and comes back from it", () => {
  const state = { ...stateOf(apples, evaluated, { type: "step/changed", step: 4 }), slug: "two-apples" };
  const address = toAddress(state);
  assert.equal(address, "/graphs/two-apples?step=4");
  const [path, search] = address.split("?");
  assert.deepEqual(fromAddress(path, search), { slug: "two-apples", step: 4 });
});

test("what is at rest is left out, what is unknown stays", () => {
  assert.equal(toAddress(stateOf(apples, evaluated), "?theme=x&step=2"), "/graphs?theme=x");
});

test("a graph held in a link says so, that the page does not come with another's words", () => {
  const state = stateOf(apples, evaluated);
  assert.equal(toAddress({ ...state, linked: true }), "/graphs?own=1");
  assert.equal(toAddress({ ...state, linked: true, slug: "dot" }), "/graphs/dot");
  assert.equal(toAddress(state, "?own=1"), "/graphs");
});

test("the same state has the same address, whichever part of it changed first", () => {
  const state = { ...stateOf(apples, evaluated, { type: "step/changed", step: 0 }), view: { x: 1, y: 2, k: 3 } };
  assert.equal(toAddress(state, "?view=1,2,3"), toAddress(state, "?step=0"));
});

test("nonsense is not read", () => {
  assert.deepEqual(fromAddress("/graphs", "?step=abc"), {});
});
