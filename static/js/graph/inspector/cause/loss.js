/** @import {Value} from "../../types" */
/** @import {Cause, Cell, Operation, Rule} from "../types" */
import { at, toNumber } from "../../array.js";
import { sizeOf } from "../position.js";
import { cellOf } from "./product.js";

/** More terms than this are written with dots between the first and the last. */
const MOST_TERMS = 4;

/** The way back of the losses that treat each element by itself, as the rule of the op says it. */
const LETTERS = {
  mean_squared_error: ["g \\cdot \\frac{2}{n}(y - t)", "-g \\cdot \\frac{2}{n}(y - t)"],
  sum_squared_error: ["g\\,(y - t)", "-g\\,(y - t)"],
  cross_entropy_error: ["-\\frac{g}{N} \\cdot \\frac{t}{y + 10^{-7}}", "-\\frac{g}{N} \\ln(y + 10^{-7})"],
};

/**
 * What made a cell of the gradient that a loss hands back.
 *
 * @param {Operation} operation
 * @param {Cell} cell
 * @returns {Cause | null}
 */
export function loss({ op, matrices }, { key, index }) {
  const slot = Number(/^gradient:([01])$/.exec(key)?.[1] ?? -1);
  if (slot < 0) return null;
  const scores = matrices["value:0"];
  const target = targetOf(matrices["value:1"], scores, index);
  if (!target) return null;
  const g = cellOf("gradient", []);
  const N = sizeOf(scores.shape.slice(0, -1));
  if (op !== "softmax_with_loss") {
    const letters = LETTERS[/** @type {keyof typeof LETTERS} */ (op)][slot];
    const y = cellOf("value:0", index);
    return ruled({ letters, numbers: { g, y, t: target.t, N, n: sizeOf(scores.shape) } }, [y, target.cell, g], op);
  }
  const { y, before, row } = softmaxOf(scores.value, index);
  const whole = Math.abs(target.sum - 1) < 1e-9;
  const letters = slot === 1 ? "-\\frac{g}{N} \\ln y" : `g \\cdot \\frac{y ${whole ? "" : "\\cdot T "}- t}{N}`;
  const rule = { letters, numbers: { g, y, t: target.t, N, T: target.sum } };
  return { ...ruled(rule, [...row, target.cell, g], slot === 0 && whole ? "y-minus-t" : "loss"), before };
}

/** @param {Rule} rule @param {Cell[]} lights @param {string} why @returns {Cause} */
const ruled = (rule, lights, why) => ({ rule, lights, why });

/**
 * The target of one score: a cell of t where t has the shape of the scores, 1 or 0 where t holds class labels.
 *
 * @param {import("../types").Matrix} t
 * @param {import("../types").Matrix} scores
 * @param {number[]} index
 * @returns {{t: number | Cell, cell: Cell, sum: number} | null}
 */
function targetOf(t, scores, index) {
  const row = index.slice(0, -1);
  if (t.shape.length === scores.shape.length) {
    const cell = cellOf("value:1", index);
    const length = scores.shape.at(-1) ?? 1;
    return { t: cell, cell, sum: sum(Array.from({ length }, (_, k) => numberAt(t.value, [...row, k]))) };
  }
  const label = Math.round(numberAt(t.value, row));
  return { t: label === index.at(-1) ? 1 : 0, cell: cellOf("value:1", row), sum: 1 };
}

/** The share of one score in its row, with the sum of exponentials written out. @param {Value} scores @param {number[]} index */
function softmaxOf(scores, index) {
  const before = index.slice(0, -1);
  const own = /** @type {number} */ (index.at(-1));
  const numbers = /** @type {any[]} */ (at(scores, before)).map(toNumber);
  const most = Math.max(...numbers);
  const powers = numbers.map((x) => Math.exp(x - most));
  const row = numbers.map((_, k) => cellOf("value:0", [...before, k]));
  /** @param {number} k @returns {[string, Cell]} */
  const letter = (k) => [`x${String.fromCharCode(97 + (k % 26)).repeat(1 + Math.floor(k / 26))}`, row[k]];
  const all = row.map((_, k) => letter(k));
  const shown = all.length > MOST_TERMS ? [...all.slice(0, MOST_TERMS - 1), all[all.length - 1]] : all;
  const terms = shown.map(([name]) => `e^{${name}}`);
  if (all.length > MOST_TERMS) terms.splice(MOST_TERMS - 1, 0, "\\cdots");
  const y = powers[own] / sum(powers);
  const letters = `y = \\frac{e^{${letter(own)[0]}}}{${terms.join(" + ")}} = Y`;
  return { y, row, before: { letters, numbers: { ...Object.fromEntries(all), Y: y } } };
}

/** @param {Value} value @param {number[]} index */
const numberAt = (value, index) => toNumber(/** @type {any} */ (at(value, index)));

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
