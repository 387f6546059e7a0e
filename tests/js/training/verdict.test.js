import assert from "node:assert/strict";
import { test } from "node:test";
import { CHAPTER } from "../../../static/js/training/config.js";
import { createSeries } from "../../../static/js/training/curves/series.js";
import { verdict } from "../../../static/js/training/verdict.js";

/** What is said of a run whose loss stood still. @param {number} steps @param {number} loss @param {Partial<typeof CHAPTER>} [config] */
function said(steps, loss, config = {}) {
  const series = createSeries();
  const iterations = Array.from({ length: steps }, (_, k) => k);
  series.append(
    iterations,
    iterations.map(() => loss),
  );
  return verdict({ config: { ...CHAPTER, ...config } }, { series });
}

const NOTHING = /nothing was learned/;

test("a run stopped while any network still guesses is not judged", () => {
  for (const steps of [0, 1, 100, 360, 599]) assert.equal(said(steps, 2.3), "");
});

test("a run that guesses after what is an epoch in the chapter learned nothing", () => {
  assert.match(said(600, 2.29), /^The loss is still 2.29, what guessing costs/);
  assert.match(said(10_000, 2.28), NOTHING);
});

test("a run that left guessing behind is well", () => {
  for (const steps of [100, 600, 10_000]) assert.equal(said(steps, 1.9), "");
});

test("a loss far above guessing is told earlier, since no wait mends that", () => {
  assert.equal(said(99, 400_000), "");
  assert.match(said(100, 400_000), /^The loss ended at 400000; guessing alone costs 2.3. Try a smaller learning rate/);
});

test("steps count where a log came thinned", () => {
  const series = createSeries();
  series.append([0, 500, 999], [2.3, 2.3, 2.3]);
  assert.match(verdict({ config: CHAPTER }, { series }), NOTHING);
});

test("nothing is said where another loss is learned", () => {
  assert.equal(said(10_000, 2.3, { weight_decay: 0.1 }), "");
});
