/** @import {Op, Value} from "../types" */

/**
 * What a new node's slots are worth until something is wired to them: small numbers with which its op can be seen at
 * work. An op that is not listed takes single numbers, 1 each.
 *
 * @type {Record<string, Value[]>}
 */
const STARTS = {
  pow: [3, 2],
  dot: [
    [1, 2],
    [3, 4],
  ],
  matmul: [
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 0],
      [0, 1],
    ],
  ],
  affine: [
    [[1, 2]],
    [
      [1, 0, 1],
      [0, 1, 1],
    ],
    [0, 0, 0],
  ],
  sum: [[1, 2, 3]],
  mean: [[1, 2, 3]],
  max: [[1, 3, 2]],
  softmax: [[0.3, 2.9, 4]],
  softmax_with_loss: [[[0.3, 2.9, 4]], [[0, 0, 1]]],
  cross_entropy_error: [[[0.1, 0.2, 0.7]], [[0, 0, 1]]],
  mean_squared_error: [
    [0.1, 0.7],
    [0, 1],
  ],
  sum_squared_error: [
    [0.1, 0.7],
    [0, 1],
  ],
  one_hot: [[2], [[0.1, 0.2, 0.7]]],
  transpose: [
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  reshape: [[1, 2, 3, 4]],
  flatten: [
    [
      [1, 2],
      [3, 4],
    ],
  ],
  broadcast_to: [[1, 2]],
  concat: [
    [1, 2],
    [3, 4],
  ],
  batch_norm: [
    [
      [1, 2],
      [3, 6],
    ],
    [1, 1],
    [0, 0],
  ],
  dropout: [[1, 2, 3, 4]],
  conv: [image(4), [[filter()]], [0]],
  pool: [image(4)],
};

/** Attributes without which an op cannot be. @type {Record<string, Record<string, unknown>>} */
const ATTRS = { reshape: { shape: [2, 2] }, broadcast_to: { shape: [2, 2] }, clip: { low: 0, high: 1 } };

/** @param {Op} op @returns {Record<string, unknown> | undefined} */
export const startAttrs = (op) => ATTRS[op.name];

/**
 * The value that a new node's slot starts with.
 *
 * @param {Op} op
 * @param {number} slot
 * @param {number[] | null} shape the shape of what is wired to the first slot, where that is known
 * @returns {Value}
 */
export function startValue(op, slot, shape) {
  const wide = shape?.at(-1);
  if (wide !== undefined && slot > 0) {
    if (op.name === "matmul" || op.name === "dot") return shape?.length === 1 ? row(wide) : grid(wide, 2);
    if (op.name === "affine") return slot === 1 ? grid(wide, 2) : [0, 0];
    if (op.name === "batch_norm") return slot === 1 ? row(wide) : row(wide, 0);
    if (op.name === "softmax_with_loss" || op.name === "cross_entropy_error")
      return shape?.length === 2
        ? Array.from({ length: shape[0] }, () => 0)
        : row(wide).map((_, i) => (i === 0 ? 1 : 0));
  }
  return STARTS[op.name]?.[slot] ?? 1;
}

/** @param {number} length @param {number} [value] */
const row = (length, value = 1) => Array.from({ length }, () => value);

/** Every second number 1, so that the columns differ. @param {number} rows @param {number} columns */
const grid = (rows, columns) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => (i % columns === j ? 1 : 0.5)));

/** One image of one channel, of side × side points. @param {number} side */
function image(side) {
  return [[Array.from({ length: side }, (_, i) => Array.from({ length: side }, (_, j) => (i * side + j) % 5))]];
}

function filter() {
  return [
    [1, 0],
    [0, -1],
  ];
}
