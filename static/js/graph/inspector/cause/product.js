/** @import {Cause, Cell, Operation} from "../types" */
import { copies, original, ravel, sizeOf, unravel } from "../position.js";

/** @param {number} length @returns {number[]} */
const upTo = (length) => Array.from({ length }, (_, i) => i);

/**
 * What made a cell of a product of matrices: its row and its column.
 *
 * @param {Operation} operation dot, matmul or affine
 * @param {Cell} cell
 * @returns {Cause | null}
 */
export function product({ op, matrices }, { key, index }) {
  const left = matrices["value:0"].shape;
  const right = matrices["value:1"].shape;
  const out = matrices.value.shape;
  const flattened = op === "affine" && left.length > 2;
  if (right.length === 0 || right.length > 2 || left.length === 0 || (left.length > 2 && !flattened)) return null;

  const inner = right[0];
  const rows = left.length === 1 ? 1 : left[0];
  const columns = right.length === 1 ? 1 : right[1];
  const rest = left.slice(1);
  /** @param {number} i @param {number} k */
  const x = (i, k) => (left.length === 1 ? [k] : [i, ...unravel(k, rest)]);
  /** @param {number} k @param {number} j */
  const w = (k, j) => (right.length === 1 ? [k] : [k, j]);
  /** @param {number} i @param {number} j */
  const y = (i, j) => [...(left.length === 1 ? [] : [i]), ...(right.length === 1 ? [] : [j])];
  /** @param {number[]} at @returns {[number, number]} */
  const inLeft = (at) => (left.length === 1 ? [0, at[0]] : [at[0], ravel(at.slice(1), rest)]);
  /** @param {number[]} at @returns {[number, number]} */
  const inRight = (at) => [at[0], at[1] ?? 0];

  if (key === "value") {
    const i = left.length === 1 ? 0 : index[0];
    const j = right.length === 1 ? 0 : index[index.length - 1];
    const terms = upTo(inner).map((k) => [cellOf("value:0", x(i, k)), cellOf("value:1", w(k, j))]);
    const bias = matrices["value:2"];
    if (bias) terms.push([cellOf("value:2", original(index, bias.shape))]);
    return causeOf(terms, bias ? "row-column-bias" : "row-column");
  }
  if (key === "gradient:0") {
    const [i, k] = inLeft(index);
    const terms = upTo(columns).map((j) => [cellOf("gradient", y(i, j)), cellOf("value:1", w(k, j))]);
    return causeOf(terms, "into-left");
  }
  if (key === "gradient:1") {
    const [k, j] = inRight(index);
    const terms = upTo(rows).map((i) => [cellOf("value:0", x(i, k)), cellOf("gradient", y(i, j))]);
    return causeOf(terms, "into-right");
  }
  if (key !== "gradient:2") return null;
  const bias = matrices["value:2"].shape;
  const terms = copies(index, bias, out).map((at) => [cellOf("gradient", at)]);
  return causeOf(terms, sizeOf(bias) === sizeOf(out) ? "pass" : "repeated");
}

/** @param {string} key @param {number[]} index @returns {Cell} */
export const cellOf = (key, index) => ({ key, index });

/** @param {Cell[][]} terms @param {string} why @param {Partial<Cause>} [more] @returns {Cause} */
export const causeOf = (terms, why, more = {}) => ({ terms, lights: terms.flat(), why, ...more });
