import assert from "node:assert/strict";
import { test } from "node:test";
import { plain, sentenceOf } from "../../../static/js/graph/sentence.js";
import { reached, stepsOf } from "../../../static/js/graph/timeline.js";
import { apples, evaluated, square, squared, stateOf, t } from "./apples.js";

test("each op forward, the output's gradient, each op backward", () => {
  assert.deepEqual(
    stepsOf(stateOf(apples, evaluated)).map(({ pass, node }) => `${pass} ${node}`),
    ["forward apple_price", "forward price", "seed price", "backward price", "backward apple_price"],
  );
});

test("an op that does not lead to the output has no step back", () => {
  const document = { ...apples, output: "apple_price" };
  const back = stepsOf(stateOf(document, { ...evaluated, output: "apple_price" })).filter((s) => s.pass === "backward");
  assert.deepEqual(back, [{ pass: "backward", node: "apple_price" }]);
});

test("what is reached grows with the step", () => {
  const at = (/** @type {number} */ step) => reached(stateOf(apples, evaluated, { type: "step/changed", step }));
  assert.deepEqual([...at(1).forward], ["apple_price"]);
  assert.equal(at(2).seeded, false);
  assert.equal(at(3).seeded, true);
  assert.deepEqual([...at(4).backward], ["price"]);
});

test("the sentence of a step has its real numbers", () => {
  const say = (/** @type {number} */ step) =>
    plain(sentenceOf(stateOf(apples, evaluated, { type: "step/changed", step }), t));
  assert.equal(say(1), "Forward through ×: 100 × 2 = 200.");
  assert.match(say(5), /upstream 1\.1 × local 2 = 2\.2 goes to apple price/);
});

test("a value used twice: the sentence adds its branches", () => {
  const state = stateOf(square, squared, { type: "step/changed", step: 3 });
  assert.match(plain(sentenceOf(state, t)), /x is used 2 times, so its gradients add up: 3 \+ 3 = 6\./);
});

test("numbers in a sentence say whether they are values or gradients", () => {
  const parts = sentenceOf(stateOf(apples, evaluated, { type: "step/changed", step: 4 }), t);
  assert.deepEqual(
    parts
      .filter((p) => p.kind === "gradient")
      .map((p) => p.text)
      .slice(0, 2),
    ["1", "1"],
  );
  assert.ok(parts.some((p) => p.kind === "value" && p.text === "1.1"));
});
