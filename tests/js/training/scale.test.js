import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, colour, paint, palette, quantize } from "../../../static/js/training/inside/scale.js";
import { columnsOf } from "../../../static/js/training/inside/weights.js";

test("colours are read as the browser writes them", () => {
  assert.deepEqual(colour("rgb(29, 95, 184)"), [29, 95, 184]);
  assert.deepEqual(colour("#1d5fb8"), [29, 95, 184]);
  assert.deepEqual(colour("color(srgb 1 0 0.2)"), [255, 0, 51]);
});

test("zero is paper, the ends are the two colours, and equal weights get equal colours", () => {
  const table = palette([200, 0, 0], [250, 250, 250], [0, 0, 200]);
  const image = new Uint8ClampedArray(5 * 4);
  paint(Int8Array.of(-127, 0, 127, 64, 64), table, image);
  assert.deepEqual([...image.subarray(0, 12)], [200, 0, 0, 255, 250, 250, 250, 255, 0, 0, 200, 255]);
  assert.deepEqual([...image.subarray(12, 16)], [...image.subarray(16, 20)]);
});

test("numbers become steps of one shared limit", () => {
  const { steps, limit } = quantize([-0.5, 0, 0.25]);
  assert.equal(limit, 0.5);
  assert.deepEqual([...steps], [-127, 0, 64]);
  assert.deepEqual([...quantize([0, 0]).steps], [0, 0]);
});

test("base64 is read as bytes", () => {
  assert.deepEqual([...bytes("AAH/")], [0, 1, 255]);
});

test("weight images fill their width in even rows, large enough to read", () => {
  assert.equal(columnsOf(50, 29, 860), 17);
  assert.equal(columnsOf(50, 29, 345), 8);
  assert.equal(columnsOf(30, 6, 860), 15);
  assert.equal(columnsOf(3, 29, 860), 3);
});
