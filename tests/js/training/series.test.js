import assert from "node:assert/strict";
import { test } from "node:test";
import { createSeries } from "../../../static/js/training/curves/series.js";

test("a series grows past its first buffer and keeps every point", () => {
  const series = createSeries();
  for (let start = 0; start < 5000; start += 50) {
    const iteration = Array.from({ length: 50 }, (_, k) => start + k);
    series.append(
      iteration,
      iteration.map((k) => 1 / (1 + k)),
    );
  }
  assert.equal(series.points.length, 5000);
  assert.equal(series.points.iteration[4321], 4321);
  assert.equal(series.points.loss[4321], 1 / 4322);
});

test("the smoothed curve of a constant is that constant from its first point", () => {
  const series = createSeries(100);
  series.append([0, 1, 2], [2, 2, 2]);
  for (const value of series.points.smooth.subarray(0, 3)) assert.ok(Math.abs(value - 2) < 1e-12);
});

test("a coarser batch counts for the iterations it left out", () => {
  const fine = createSeries(10);
  const coarse = createSeries(10);
  const all = Array.from({ length: 200 }, (_, k) => k);
  const loss = (/** @type {number} */ k) => 2 - k / 200;
  fine.append(all, all.map(loss));
  const some = all.filter((k) => k % 4 === 3);
  coarse.append(some, some.map(loss));
  const ends = [fine, coarse].map(({ points }) => points.smooth[points.length - 1]);
  assert.ok(Math.abs(ends[0] - ends[1]) < 0.02);
});

test("a loss that is no number is kept and left out of the smoothing", () => {
  const series = createSeries(10);
  series.append([0, 1, 2], [1, "NaN", 1]);
  assert.ok(Number.isNaN(series.points.loss[1]));
  assert.equal(series.points.smooth[2], 1);
});

test("a run that goes on from an earlier checkpoint replaces what it repeats", () => {
  const series = createSeries(10);
  series.append([0, 1, 2, 3], [4, 3, 2, 1]);
  series.append([2, 3], [9, 8]);
  assert.deepEqual([...series.points.iteration.subarray(0, series.points.length)], [0, 1, 2, 3]);
  assert.deepEqual([...series.points.loss.subarray(0, series.points.length)], [4, 3, 9, 8]);
  const straight = createSeries(10);
  straight.append([0, 1, 2, 3], [4, 3, 9, 8]);
  assert.deepEqual([...series.points.smooth.subarray(0, 4)], [...straight.points.smooth.subarray(0, 4)]);
});
