import assert from "node:assert/strict";
import { test } from "node:test";
import { shortened } from "../../../../static/js/graph/edit/shorten.js";

const LINE = `[${Array(1000).fill("0.5").join(", ")}]`;

test("a long array becomes a comment, its neighbours stay", () => {
  const source = `a = np.array([1, 2])\nx = np.array([${LINE},\n              ${LINE}])\nb = 3\ny = x @ a\n`;
  assert.equal(shortened(source), "a = np.array([1, 2])\n# x = np.array([…])\nb = 3\ny = x @ a\n");
});

test("each long array is its own", () => {
  assert.equal(
    shortened(`x = np.array([${LINE}])\nW = np.array([${LINE}])\n`),
    "# x = np.array([…])\n# W = np.array([…])\n",
  );
});

test("a formula without long arrays is as it was", () => {
  const source = "x = np.array([[1, 2], [3, 4]])\ny = x.sum()\n";
  assert.equal(shortened(source), source);
});
