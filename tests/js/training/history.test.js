import assert from "node:assert/strict";
import { test } from "node:test";
import { overTime, remember } from "../../../static/js/training/inside/history.js";
import { spreadOut } from "../../../static/js/training/travel.js";

/** @import {Tensors} from "../../../static/js/training/types" */

/** @param {number} iteration @returns {Tensors} */
const look = (iteration) => ({
  iteration,
  images: { name: "W1", shape: [1, 1, 1], limit: 1, data: "AA==" },
  activations: [{ name: "relu1", low: 0, high: iteration / 100, counts: [1, 2], mean: 0, std: 0, dead: 0, units: 50 }],
  gradients: [],
  parameters: [],
});

test("looks stay in order, one an iteration, without their images", () => {
  const looks = [5, 1, 3, 3].map(look).reduce(remember, /** @type {Tensors[]} */ ([]));
  assert.deepEqual(
    looks.map(({ iteration }) => iteration),
    [1, 3, 5],
  );
  assert.ok(looks.every(({ images }) => images === null));
});

test("a long run is remembered evenly and never beyond the limit", () => {
  const all = Array.from({ length: 5000 }, (_, k) => look(k));
  const looks = all.reduce(remember, /** @type {Tensors[]} */ ([]));
  assert.ok(looks.length <= 240);
  assert.ok(looks[0].iteration < 50);
  assert.equal(looks.at(-1)?.iteration, 4999);
});

test("a layer's histograms over time share one scale", () => {
  const { columns, low, high } = overTime([look(100), look(400)], "activations", "relu1");
  assert.equal(columns.length, 2);
  assert.deepEqual([low, high], [0, 4]);
  assert.deepEqual(overTime([], "gradients", "W1"), { columns: [], low: 0, high: 1 });
});

test("of many moments some are recalled, first and last among them", () => {
  const moments = Array.from({ length: 1000 }, (_, k) => ({ iteration: k, epoch: null, loss: 1, test_accuracy: null }));
  const some = spreadOut(moments, 40);
  assert.equal(some.length, 40);
  assert.deepEqual([some[0].iteration, some[39].iteration], [0, 999]);
  assert.equal(spreadOut(moments.slice(0, 3), 40).length, 3);
});
