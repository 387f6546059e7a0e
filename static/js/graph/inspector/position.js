/** Places in arrays: indexes, their order in memory, and what broadcasting makes of them. Pure. */

/** @param {number[]} shape @returns {number} */
export const sizeOf = (shape) => shape.reduce((a, b) => a * b, 1);

/** The index of the n-th element in reading order. @param {number} n @param {number[]} shape @returns {number[]} */
export function unravel(n, shape) {
  const index = shape.map(() => 0);
  for (let axis = shape.length - 1, rest = n; axis >= 0; axis--) {
    index[axis] = rest % shape[axis];
    rest = Math.floor(rest / shape[axis]);
  }
  return index;
}

/** How many elements come before this index in reading order. @param {number[]} index @param {number[]} shape */
export const ravel = (index, shape) => index.reduce((n, i, axis) => n * shape[axis] + i, 0);

/** Every index of an array, in reading order. @param {number[]} shape @returns {number[][]} */
export const everyIndex = (shape) => Array.from({ length: sizeOf(shape) }, (_, n) => unravel(n, shape));

/**
 * Where an element of the result finds its operand, when the operand was broadcast.
 *
 * @param {number[]} index in the result
 * @param {number[]} shape of the operand
 * @returns {number[]}
 */
export function original(index, shape) {
  const missing = index.length - shape.length;
  return shape.map((length, axis) => (length === 1 ? 0 : index[axis + missing]));
}

/**
 * Every element of the result that an element of a broadcast operand went into.
 *
 * @param {number[]} index in the operand
 * @param {number[]} shape of the operand
 * @param {number[]} into shape of the result
 * @returns {number[][]}
 */
export function copies(index, shape, into) {
  const missing = into.length - shape.length;
  const free = into.map((length, axis) =>
    axis < missing || (shape[axis - missing] === 1 && length !== 1) ? length : 1,
  );
  return everyIndex(free).map((offset) =>
    offset.map((i, axis) => (axis < missing ? i : index[axis - missing] + (free[axis] === 1 ? 0 : i))),
  );
}

/** Axes as NumPy reads them: null is all, negative ones count from the end. @param {unknown} axis @param {number} count @returns {number[]} */
export function axesOf(axis, count) {
  const all = Array.from({ length: count }, (_, i) => i);
  if (axis === null || axis === undefined) return all;
  return [axis].flat().map((i) => (Number(i) < 0 ? Number(i) + count : Number(i)));
}
