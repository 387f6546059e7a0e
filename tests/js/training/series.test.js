import assert from "node:assert/strict";
import { test } from "node:test";
import { createSeries, smoothed } from "../../../static/js/training/curves/series.js";

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

test("the smoothed curve of a constant is that constant, and of a slope that slope, without lag", () => {
  const flat = createSeries(100);
  flat.append([0, 1, 2], [2, 2, 2]);
  assert.deepEqual(
    [0, 1, 2].map((k) => flat.smooth(k)),
    [2, 2, 2],
  );
  const slope = createSeries(20);
  const all = Array.from({ length: 200 }, (_, k) => k);
  slope.append(all, all);
  for (const k of [0, 5, 100, 180]) assert.ok(Math.abs(slope.smooth(k) - k) < 1e-9);
});

test("a coarser batch is smoothed over the same iterations", () => {
  const all = Array.from({ length: 400 }, (_, k) => k);
  const loss = (/** @type {number} */ k) => 2 + Math.sin(k / 30);
  const fine = createSeries(20);
  fine.append(all, all.map(loss));
  const coarse = createSeries(20);
  const some = all.filter((k) => k % 4 === 0);
  coarse.append(some, some.map(loss));
  assert.ok(Math.abs(fine.smooth(200) - coarse.smooth(50)) < 0.05);
});

test("a loss that is no number is kept and left out of the smoothing", () => {
  const series = createSeries(10);
  series.append([0, 1, 2], [1, "NaN", 1]);
  assert.ok(Number.isNaN(series.points.loss[1]));
  assert.equal(series.smooth(2), 1);
});

test("a run that goes on from an earlier checkpoint replaces what it repeats", () => {
  const series = createSeries(10);
  series.append([0, 1, 2, 3], [4, 3, 2, 1]);
  series.append([2, 3], [9, 8]);
  assert.deepEqual([...series.points.iteration.subarray(0, series.points.length)], [0, 1, 2, 3]);
  assert.deepEqual([...series.points.loss.subarray(0, series.points.length)], [4, 3, 9, 8]);
  const straight = createSeries(10);
  straight.append([0, 1, 2, 3], [4, 3, 9, 8]);
  assert.equal(series.smooth(3), straight.smooth(3));
});

test("the smoothed curve is drawn with so many points and no more, its ends among them", () => {
  const series = createSeries(10);
  const all = Array.from({ length: 1000 }, (_, k) => k);
  series.append(all, all);
  const { x } = smoothed(series, 100);
  assert.equal(x.length, 100);
  assert.deepEqual([x[0], x[99]], [0, 999]);
  assert.deepEqual(smoothed(createSeries(), 100), { x: [], y: [] });
});

test("a run of millions of steps stays within memory, its extremes and its smoothed curve kept", () => {
  const series = createSeries(1000);
  let highest = 0;
  for (let start = 0; start < 1_000_000; start += 1000) {
    const iteration = Array.from({ length: 1000 }, (_, k) => start + k);
    series.append(
      iteration,
      iteration.map((k) => (k === 123_456 ? 50 : 1 + (k % 7) / 7)),
    );
    highest = Math.max(highest, series.points.length);
  }
  assert.ok(highest <= 200_000);
  assert.ok(series.points.loss.subarray(0, series.points.length).includes(50));
  assert.equal(series.points.iteration[series.points.length - 1] > 999_000, true);
  const middle = Math.floor(series.points.length / 2);
  assert.ok(Math.abs(series.smooth(middle) - 10 / 7) < 0.01);
});

test("one enormous loss does not spoil the smoothed curve after it", () => {
  const series = createSeries(20);
  const all = Array.from({ length: 1000 }, (_, k) => k);
  series.append(
    all,
    all.map((k) => (k === 3 ? 1e30 : 5)),
  );
  for (const k of [30, 64, 500, 999]) assert.equal(series.smooth(k), 5);
});

test("the window grows with the run, so that a long run is as smooth as a short one early on", () => {
  const series = createSeries();
  const all = Array.from({ length: 1000 }, (_, k) => k);
  series.append(
    all,
    all.map((k) => k % 2),
  );
  assert.ok(Math.abs(series.smooth(500) - 0.5) < 0.03);
  const wide = createSeries();
  const more = Array.from({ length: 100_000 }, (_, k) => k);
  wide.append(
    more,
    more.map((k) => (k < 50_000 ? 0 : 1)),
  );
  assert.ok(wide.smooth(49_500) > 0.2);
  assert.equal(wide.smooth(48_000), 0);
});
