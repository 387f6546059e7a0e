/** @import {Checked, CheckResult, Scalar} from "../types" */

/** Two right ways to one float64 gradient agree to about this relative error. */
const GOOD = 1e-5;
/** Further apart than this and one of the two is wrong, not rounded. */
const BAD = 1e-2;

/** The marks on the drawing: told apart by more than their colour. */
export const SIGNS = { good: "✓", doubtful: "?", bad: "✗", kink: "∠" };

/**
 * How well backpropagation and numerical differentiation agree at a node.
 *
 * @param {CheckResult | null | undefined} result
 * @param {string} node
 * @returns {{grade: "good" | "doubtful" | "bad" | "kink", error: number} | null} null where the node was not checked
 */
export function gradeOf(result, node) {
  const checked = result?.inputs[node] ?? result?.nodes?.[node];
  if (!result || !checked) return null;
  const error = finite(checked.max_rel_error);
  if (error === 0 && leftOut(result, node) >= countOf(checked.backprop)) return { grade: "kink", error };
  if (error <= GOOD) return { grade: "good", error };
  return { grade: error <= BAD ? "doubtful" : "bad", error };
}

/**
 * The whole check in one look: the worst grade, and how many nodes have each.
 *
 * @param {CheckResult} result
 */
export function summary(result) {
  const counts = { good: 0, doubtful: 0, bad: 0, kink: 0 };
  let worst = { node: "", error: 0 };
  for (const node of [...Object.keys(result.inputs), ...Object.keys(result.nodes ?? {})]) {
    const graded = gradeOf(result, node);
    if (!graded) continue;
    counts[graded.grade] += 1;
    if (graded.error >= worst.error) worst = { node, error: graded.error };
  }
  return { counts, worst, agree: counts.bad === 0 && counts.doubtful === 0 };
}

/** @param {Scalar} number */
const finite = (number) => (typeof number === "number" ? number : Number.POSITIVE_INFINITY);

/** @param {CheckResult} result @param {string} node */
const leftOut = ({ kinks }, node) => kinks.filter(({ input }) => input === node).length;

/** How many numbers a gradient holds. @param {Checked["backprop"]} value @returns {number} */
function countOf(value) {
  if (Array.isArray(value)) return value.reduce((/** @type {number} */ sum, entry) => sum + countOf(entry), 0);
  if (typeof value === "object") return value.shape.reduce((size, length) => size * length, 1);
  return 1;
}
