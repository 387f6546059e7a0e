import assert from "node:assert/strict";
import { test } from "node:test";
import { decimate, lowerBound } from "../../../static/js/training/curves/decimate.js";

const x = Float64Array.from({ length: 10000 }, (_, k) => k);
const y = x.map((k) => Math.sin(k / 50));

test("few points are all kept", () => {
  assert.deepEqual(decimate(x, y, 5, 100).x, [0, 1, 2, 3, 4]);
});

test("many points become at most two a bucket, first and last among them, in order", () => {
  const drawn = decimate(x, y, 10000, 200);
  assert.ok(drawn.x.length <= 402);
  assert.equal(drawn.x[0], 0);
  assert.equal(drawn.x.at(-1), 9999);
  assert.ok(drawn.x.every((value, k) => k === 0 || value > drawn.x[k - 1]));
});

test("a single spike survives", () => {
  const spiked = Float64Array.from(y);
  spiked[6543] = 40;
  assert.ok(decimate(x, spiked, 10000, 100).y.includes(40));
});

test("a loss that is no number survives as a gap", () => {
  const broken = Float64Array.from(y);
  broken[6543] = Number.NaN;
  assert.ok(decimate(x, broken, 10000, 100).y.some(Number.isNaN));
});

test("a range keeps one neighbour on each side so that the line leaves the picture", () => {
  assert.deepEqual(decimate(x, y, 10000, 100, 10.5, 12.5).x, [10, 11, 12, 13]);
});

test("lowerBound finds the first that is not below", () => {
  assert.equal(lowerBound([1, 3, 3, 7], 4, 3), 1);
  assert.equal(lowerBound([1, 3, 3, 7], 4, 8), 4);
});
