import assert from "node:assert/strict";
import { test } from "node:test";
import { read, replaced, rows, shapeOf, strongestOf, sum } from "../../../static/js/graph/array.js";

for (const [text, value] of /** @type {[string, unknown][]} */ ([
  ["12", 12],
  [" -1.5e-3 ", -0.0015],
  ["−2", -2],
  ["[1, 2, 3]", [1, 2, 3]],
  [
    "array([[1., 2.],\n       [3., 4.]])",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ["np.array([1, 2], dtype=float64)", [1, 2]],
  [
    "[[1. 2.]\n [3. 4.]]",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    "1\t2\n3\t4\n",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ["1, 2, 3", [1, 2, 3]],
])) {
  test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), { value }));
}

for (const [text, message] of [
  ["", "empty"],
  ["1o0", "number"],
  ["[1, 2", "number"],
  ["1e999", "large"],
  ["[1, -1e999]", "large"],
  ["1 2\n3", "ragged"],
  ["[[1], [1, 2]]", "ragged"],
  ["[[1, 2], 3]", "ragged"],
  ["[]", "ragged"],
]) {
  test(`refuses ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), { message }));
}

test("shapes of numbers, arrays and summaries", () => {
  assert.deepEqual(shapeOf(1), []);
  assert.deepEqual(shapeOf([[1, 2, 3]]), [1, 3]);
  assert.deepEqual(shapeOf({ shape: [100, 50], preview: [[1]], min: 0, max: 1, mean: 0.5 }), [100, 50]);
});

test("deeper arrays stack their rows", () => {
  assert.deepEqual(rows([[[1, 2]], [[3, 4]]]), [
    [1, 2],
    [3, 4],
  ]);
});

test("replacing an element leaves the array as it was", () => {
  const array = [
    [1, 2],
    [3, 4],
  ];
  assert.deepEqual(replaced(array, [1, 0], 9), [
    [1, 2],
    [9, 4],
  ]);
  assert.deepEqual(array, [
    [1, 2],
    [3, 4],
  ]);
});

test("sums element by element, and not from summaries", () => {
  assert.deepEqual(sum([1, 2], [3, 4]), [4, 6]);
  assert.equal(sum({ shape: [9], preview: [1], min: 0, max: 1, mean: 0 }, 1), null);
});

test("a spreadsheet's cells are parted by tabs and may have decimal commas", () => {
  assert.deepEqual(read("1,5\t2\n3\t-0,25\n"), {
    value: [
      [1.5, 2],
      [3, -0.25],
    ],
  });
});

test("what rounding leaves of 0 is pale beside the strongest of its map", () => {
  assert.equal(strongestOf([[0, -2, Number.NaN]]), 2);
  assert.equal(strongestOf([[0, 0]]), 0);
  assert.ok(1.1e-16 / strongestOf([[1.1e-16, -5e-17]]) < 0.01);
});
