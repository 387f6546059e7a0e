import assert from "node:assert/strict";
import { test } from "node:test";
import { accuracyFigure } from "../../../static/js/training/curves/accuracy.js";
import { niceEnd, niceLow, niceTop, spread } from "../../../static/js/training/curves/look.js";
import { lossFigure } from "../../../static/js/training/curves/loss.js";
import { createLog } from "../../../static/js/training/log.js";

const names = ["paper", "panel", "sunk", "ink", "soft", "line", "gradient", "good", "bad", "font"];
const ink = /** @type {any} */ ({
  ...Object.fromEntries(names.map((name) => [name, "rgb(1, 2, 3)"])),
  value: "rgb(9, 9, 9)",
});
const words = {
  smoothed: "smoothed",
  iteration: "iteration",
  loss: "loss",
  train: "train",
  test: "test",
  epoch: "epoch",
};
const view = { run: "run", width: 600, height: 300, logarithmic: false, range: null, marked: null, words };

/** What is known of a run before its first epoch is over. */
const FORECAST = { reach: 0, iterationsPerEpoch: 600 };

/** @param {number} length */
function line(length) {
  const log = createLog();
  const iteration = Array.from({ length }, (_, k) => k);
  log.append({ type: "steps", seq: 1, iteration, loss: iteration.map((k) => 2.3 / (1 + k / 100)) });
  log.append({ type: "epoch", seq: 2, epoch: 0, iteration: 0, train_accuracy: 0.1, test_accuracy: 0.11 });
  log.append({ type: "epoch", seq: 3, epoch: 1, iteration: 600, train_accuracy: 0.9, test_accuracy: 0.89 });
  return { log, name: "run", iterations: 10000, ...FORECAST };
}

test("one run: raw faint, smoothed strong, few points however long the run", () => {
  const { data } = /** @type {any} */ (lossFigure([line(10000)], ink, view));
  assert.equal(data.length, 2);
  assert.match(data[0].line.color, /^rgba\(9, 9, 9, 0\.32\)$/);
  assert.ok(data[1].line.width > data[0].line.width);
  assert.ok(data.every((/** @type {any} */ trace) => trace.x.length <= 2 * 400 + 2));
});

test("twenty runs: one smoothed line each, the chosen one last and in colour", () => {
  const { data } = /** @type {any} */ (
    lossFigure(
      Array.from({ length: 20 }, () => line(3000)),
      ink,
      view,
    )
  );
  assert.equal(data.length, 21);
  assert.equal(data.at(-1).line.color, ink.value);
  assert.equal(
    data.slice(0, -2).every((/** @type {any} */ trace) => trace.line.color === ink.soft),
    true,
  );
});

test("a logarithmic axis holds every positive loss", () => {
  const { layout } = /** @type {any} */ (lossFigure([line(3000)], ink, { ...view, logarithmic: true }));
  assert.equal(layout.yaxis.type, "log");
  assert.ok(layout.yaxis.range.every(Number.isFinite));
});

test("a loss that runs away leaves the picture and what came before stays readable", () => {
  const log = createLog();
  log.append({ type: "steps", seq: 1, iteration: [0, 1, 2, 3], loss: [2.3, 2.2, 1e38, "Infinity"] });
  const { layout } = /** @type {any} */ (lossFigure([{ log, name: "run", iterations: 100, ...FORECAST }], ink, view));
  assert.ok(layout.yaxis.range[1] < 30);
  assert.deepEqual(layout.annotations, []);
});

test("a loss that settles far above its start is in the picture, the leap to it is not", () => {
  const log = createLog();
  const iteration = Array.from({ length: 500 }, (_, k) => k);
  const loss = iteration.map((k) => (k === 0 ? 2.3 : k < 5 ? 1e27 : 4e5));
  log.append({ type: "steps", seq: 1, iteration, loss });
  const one = [{ log, name: "run", iterations: 500, ...FORECAST }];
  const linear = /** @type {any} */ (lossFigure(one, ink, view)).layout;
  assert.ok(linear.yaxis.range[1] > 4e5 && linear.yaxis.range[1] < 1e7);
  assert.equal(linear.annotations.length, 1);
  const { yaxis, annotations } = /** @type {any} */ (lossFigure(one, ink, { ...view, logarithmic: true })).layout;
  assert.ok((yaxis.range[1] - yaxis.range[0]) / yaxis.dtick <= 9);
  assert.ok(annotations[0].y < 6);
});

test("a loss that grows to the end leaves the picture however soon it began", () => {
  const log = createLog();
  const iteration = Array.from({ length: 11 }, (_, k) => k);
  log.append({ type: "steps", seq: 1, iteration, loss: iteration.map((k) => (k < 10 ? 2.3 * 1000 ** k : "Infinity")) });
  const { layout } = /** @type {any} */ (lossFigure([{ log, name: "run", iterations: 100, ...FORECAST }], ink, view));
  assert.ok(layout.yaxis.range[1] < 30);
});

test("a loss of 0 has no label on a logarithmic axis", () => {
  const log = createLog();
  log.append({ type: "steps", seq: 1, iteration: [0, 1, 2], loss: [1, 0, 0] });
  const one = [{ log, name: "run", iterations: 3, ...FORECAST }];
  for (const { y } of /** @type {any} */ (lossFigure(one, ink, { ...view, logarithmic: true })).layout.annotations) {
    assert.ok(Number.isFinite(y));
  }
});

test("a run without points is an empty figure, not an error", () => {
  const { data, layout } = /** @type {any} */ (lossFigure([line(0)], ink, view));
  assert.deepEqual(data, []);
  assert.ok(layout.xaxis.range.every(Number.isFinite));
});

test("accuracy: train solid, test dashed, 0 to 1", () => {
  const { data, layout } = /** @type {any} */ (accuracyFigure([line(100)], ink, view));
  assert.deepEqual(
    data.map((/** @type {any} */ trace) => trace.line.dash),
    [undefined, "dash"],
  );
  assert.deepEqual(data[1].y, [0.11, 0.89]);
  assert.equal(layout.yaxis.range[0], 0);
  assert.ok(layout.yaxis.range[1] >= 1);
});

test("the moment travelled to is marked across both figures", () => {
  const loss = /** @type {any} */ (lossFigure([line(3000)], ink, { ...view, marked: 600 }));
  assert.deepEqual([loss.layout.shapes[0].x0, loss.layout.shapes[0].x1], [600, 600]);
  const accuracy = /** @type {any} */ (accuracyFigure([line(100)], ink, { ...view, marked: 1 }));
  assert.equal(accuracy.layout.shapes[0].x0, 1);
  assert.deepEqual(/** @type {any} */ (lossFigure([line(10)], ink, view)).layout.shapes, []);
});

test("labels that would cover each other move apart and keep their order", () => {
  const heights = [100, 101, 200];
  const placed = spread(heights, 15).map((shift, k) => heights[k] + shift);
  assert.ok(placed[1] - placed[0] >= 14);
  assert.equal(placed[2], 200);
});

test("the axis grows in steps and never past the end", () => {
  assert.deepEqual(
    [3, 12, 99, 100, 2600, 9999].map((last) => niceEnd(last, 10000)),
    [5, 20, 100, 200, 5000, 10000],
  );
});

test("an axis has room for what will come soon, in iterations and in epochs", () => {
  const soon = { ...line(100), reach: 10000 };
  assert.deepEqual(/** @type {any} */ (lossFigure([soon], ink, view)).layout.xaxis.range, [0, 10000]);
  assert.deepEqual(/** @type {any} */ (accuracyFigure([soon], ink, view)).layout.xaxis.range, [0, 16]);
  const slow = { ...line(100), reach: 3000 };
  assert.deepEqual(/** @type {any} */ (lossFigure([slow], ink, view)).layout.xaxis.range, [0, 5000]);
  assert.deepEqual(/** @type {any} */ (accuracyFigure([slow], ink, view)).layout.xaxis.range, [0, 5]);
});

test("before the first epoch is over its length is the one forecast", () => {
  const log = createLog();
  log.append({ type: "epoch", seq: 1, epoch: 0, iteration: 0, train_accuracy: 0.1, test_accuracy: 0.1 });
  const one = { log, name: "run", iterations: 10000, reach: 10000, iterationsPerEpoch: 600 };
  assert.deepEqual(/** @type {any} */ (accuracyFigure([one], ink, view)).layout.xaxis.range, [0, 16]);
  const slow = { ...one, iterations: 300000, reach: 100 };
  assert.deepEqual(/** @type {any} */ (accuracyFigure([slow], ink, view)).layout.xaxis.range, [0, 5]);
});

test("the axis of losses ends at round numbers", () => {
  assert.deepEqual([2.44104, 2.44134, 24.4, 0.31, 4.24e5].map(niceTop), [2.5, 2.5, 25, 0.35000000000000003, 450000]);
  assert.deepEqual([0.0213, 0.05, 0.0999, 1, 7].map(niceLow), [0.02, 0.05, 0.05, 1, 5]);
});

test("the axis of epochs has room for what is to come and ends with the run's last", () => {
  /** @param {number} epochs */
  const end = (epochs) => {
    const { log } = line(100);
    for (let epoch = 2; epoch <= epochs; epoch += 1) {
      log.append({ type: "epoch", seq: 2 + epoch, epoch, iteration: 600 * epoch, train_accuracy: 1, test_accuracy: 1 });
    }
    const { layout } = /** @type {any} */ (
      accuracyFigure([{ log, name: "run", iterations: 10000, ...FORECAST }], ink, view)
    );
    return layout.xaxis.range[1];
  };
  assert.deepEqual([1, 4, 5, 9, 10, 16].map(end), [5, 5, 10, 10, 16, 16]);
});

test("of a few runs training and test accuracy are drawn, of many the test accuracy alone", () => {
  const few = /** @type {any} */ (
    accuracyFigure(
      Array.from({ length: 3 }, () => line(100)),
      ink,
      view,
    )
  ).data;
  const many = /** @type {any} */ (
    accuracyFigure(
      Array.from({ length: 9 }, () => line(100)),
      ink,
      view,
    )
  ).data;
  assert.equal(few.length, 6);
  assert.equal(many.length, 10);
});

test("the axis of epochs counts whole epochs, written as iterations are", () => {
  /** @param {any[]} lines @param {[number, number] | null} range */
  const axis = (lines, range = null) =>
    /** @type {any} */ (accuracyFigure(lines, ink, { ...view, range })).layout.xaxis;
  const nothing = axis([]);
  assert.deepEqual([nothing.range, nothing.dtick], [[0, 5], 1]);
  assert.equal(axis([{ ...line(100), iterations: 700 }]).dtick, 1);
  assert.equal(axis([line(100)], [3.2, 5.1]).dtick, 1);
  assert.equal(axis([line(100)], [0, 900]).dtick, undefined);
  assert.equal(nothing.tickformat, ",d");
});
