import assert from "node:assert/strict";
import { test } from "node:test";
import { centre, SIDE } from "../../../static/js/training/digit/centre.js";

/**
 * @param {number} side
 * @param {(x: number, y: number) => boolean} inside
 */
function drawing(side, inside) {
  return Float64Array.from({ length: side * side }, (_, k) => (inside(k % side, Math.floor(k / side)) ? 1 : 0));
}

/** @param {Float64Array} pixels */
function measure(pixels) {
  const on = [...pixels.keys()].filter((k) => pixels[k] > 0);
  const columns = on.map((k) => k % SIDE);
  const rows = on.map((k) => Math.floor(k / SIDE));
  const mass = pixels.reduce((sum, value) => sum + value, 0);
  const mean = (/** @type {number[]} */ places) =>
    on.reduce((sum, k, n) => sum + pixels[k] * (places[n] + 0.5), 0) / mass;
  return {
    width: Math.max(...columns) - Math.min(...columns) + 1,
    height: Math.max(...rows) - Math.min(...rows) + 1,
    centre: [mean(columns), mean(rows)],
  };
}

test("an empty drawing has no pixels", () => {
  assert.equal(centre(new Float64Array(100), 10, 10), null);
});

test("a drawing in a corner fills a box of 20 and its centre of mass is the middle", () => {
  const pixels = centre(
    drawing(280, (x, y) => x < 40 && y < 80),
    280,
    280,
  );
  assert.ok(pixels);
  const { width, height, centre: middle } = measure(pixels);
  assert.deepEqual([width, height], [10, 20]);
  assert.ok(middle.every((place) => Math.abs(place - SIDE / 2) <= 0.5));
});

test("a lopsided drawing is centred by its mass, not by its box", () => {
  const pixels = centre(
    drawing(200, (x, y) => (y < 40 && x < 160) || (x < 40 && y < 160)),
    200,
    200,
  );
  assert.ok(pixels);
  const { width, height, centre: middle } = measure(pixels);
  assert.deepEqual([width, height], [20, 20]);
  assert.ok(middle.every((place) => Math.abs(place - SIDE / 2) <= 0.75));
});

test("pixels lie from 0 to 1 and the darkest is 1", () => {
  const pixels = centre(
    drawing(280, (x, y) => Math.hypot(x - 140, y - 140) < 60),
    280,
    280,
  );
  assert.ok(pixels);
  assert.equal(Math.max(...pixels), 1);
  assert.ok(Math.min(...pixels) >= 0);
});

test("a single dot becomes a block and no NaN", () => {
  const pixels = centre(
    drawing(280, (x, y) => x === 3 && y === 3),
    280,
    280,
  );
  assert.ok(pixels?.every(Number.isFinite));
});
