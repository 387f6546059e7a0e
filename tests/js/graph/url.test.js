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

test("nonsense is not read", () => {
  assert.deepEqual(fromAddress("/graphs", "?step=abc"), {});
});
