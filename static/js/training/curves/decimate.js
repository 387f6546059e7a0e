/**
 * Fewer points that draw the same line: in each of `buckets` columns the lowest and the highest point stay, in their
 * order, a number that is none goes before both, and the first and the last stay. What is stored is untouched.
 *
 * @param {ArrayLike<number>} x growing
 * @param {ArrayLike<number>} y
 * @param {number} length how many of them count
 * @param {number} buckets
 * @param {number} [from] smallest x wanted
 * @param {number} [to] largest x wanted
 * @returns {{x: number[], y: number[]}}
 */
export function decimate(x, y, length, buckets, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) {
  const start = Math.max(0, lowerBound(x, length, from) - 1);
  const end = Math.min(length, lowerBound(x, length, to) + 1);
  const count = end - start;
  /** @type {{x: number[], y: number[]}} */
  const drawn = { x: [], y: [] };
  /** @param {number} k */
  const keep = (k) => {
    drawn.x.push(x[k]);
    drawn.y.push(y[k]);
  };
  if (count <= 2 * buckets) {
    for (let k = start; k < end; k += 1) keep(k);
    return drawn;
  }
  keep(start);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const first = start + 1 + Math.floor((bucket * (count - 2)) / buckets);
    const after = start + 1 + Math.floor(((bucket + 1) * (count - 2)) / buckets);
    let low = first;
    let high = first;
    for (let k = first; k < after; k += 1) {
      if (Number.isNaN(y[k])) {
        low = k;
        high = k;
        break;
      }
      if (y[k] < y[low]) low = k;
      if (y[k] > y[high]) high = k;
    }
    keep(Math.min(low, high));
    if (low !== high) keep(Math.max(low, high));
  }
  keep(end - 1);
  return drawn;
}

/**
 * @param {ArrayLike<number>} x growing
 * @param {number} length
 * @param {number} wanted
 * @returns {number} the first index whose x is not below `wanted`
 */
export function lowerBound(x, length, wanted) {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
