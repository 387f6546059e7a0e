import assert from "node:assert/strict";
import { test } from "node:test";
import { misfit } from "../../../static/js/training/fit.js";

const input = (/** @type {string} */ id, /** @type {any} */ value) => ({ id, op: "input", value });
const x = input("x", [Array(784).fill(0)]);
const t = input("t", [3]);
const W = input("W", [[0]]);
const scores = { id: "scores", op: "dot", inputs: ["x", "W"] };
const loss = { id: "loss", op: "softmax_with_loss", inputs: ["scores", "t"] };

/** @param {any[]} nodes */
const said = (...nodes) => misfit({ nodes, output: "loss" });

test("images, answers, weights and a loss are enough", () => {
  assert.equal(said(x, t, W, scores, loss), null);
  const image = Array(28).fill(Array(28).fill(0));
  const oneHot = input("t", [[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]]);
  assert.equal(said(input("x", [[image]]), oneHot, W, scores, loss), null);
});

test("what is missing or misshapen is named", () => {
  assert.match(said(t, W, loss) ?? "", /no x/);
  assert.match(said(x, W, loss) ?? "", /no t/);
  assert.match(said(input("x", [[1, 2, 3]]), t, W, loss) ?? "", /\(1, 3\)/);
  assert.match(said(input("x", 1), t, W, loss) ?? "", /x has the shape/);
  assert.match(said(x, input("t", [[1, 0]]), W, loss) ?? "", /t has the shape \(1, 2\)/);
  assert.match(said(x, t, input("W", 2), scores, loss) ?? "", /nothing that could learn/);
  assert.match(said(x, t, W, scores) ?? "", /no loss/);
});
