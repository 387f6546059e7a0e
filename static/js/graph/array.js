/** @import {Scalar, Summary, Value} from "./types" */

/** @param {Value | null | undefined} value @returns {value is Summary} */
export function isSummary(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {Value | null | undefined} value @returns {number[]} */
export function shapeOf(value) {
  if (isSummary(value)) return value.shape;
  const shape = [];
  for (let part = /** @type {Value | null | undefined} */ (value); Array.isArray(part); part = part[0])
    shape.push(part.length);
  return shape;
}

/** @param {Scalar} value @returns {number} */
export function toNumber(value) {
  return typeof value === "number" ? value : Number(value);
}

/**
 * A value as rows of numbers for drawing: a vector is one row, deeper arrays stack their leading axes.
 *
 * @param {Value} value
 * @returns {number[][]}
 */
export function rows(value) {
  const inner = isSummary(value) ? value.preview : value;
  if (!Array.isArray(inner)) return [[toNumber(/** @type {Scalar} */ (inner))]];
  if (!Array.isArray(inner[0])) return [inner.map((cell) => toNumber(/** @type {Scalar} */ (cell)))];
  return inner.flatMap((part) => rows(part));
}

/** Smaller numbers are what rounding leaves of a sum that is 0: a map shows them pale, whatever stands beside them. */
const NOISE = 1e-12;

/** The number that a map of these rows shows strongest, 0 where all are 0. @param {number[][]} numbers */
export function strongestOf(numbers) {
  const largest = Math.max(
    ...numbers.map((row) => Math.max(...row.map((x) => (Number.isFinite(x) ? Math.abs(x) : 0)))),
  );
  return largest > 0 ? Math.max(largest, NOISE) : 0;
}

/**
 * The element at an index.
 *
 * @param {Value} value
 * @param {number[]} index
 * @returns {Value}
 */
export function at(value, index) {
  return index.reduce((part, i) => /** @type {Value[]} */ (part)[i], isSummary(value) ? value.preview : value);
}

/**
 * The same array with another element at an index.
 *
 * @param {Value} value
 * @param {number[]} index
 * @param {number} element
 * @returns {Value}
 */
export function replaced(value, index, element) {
  if (index.length === 0) return element;
  const [first, ...rest] = index;
  return /** @type {Value[]} */ (value).map((part, i) => (i === first ? replaced(part, rest, element) : part));
}

/**
 * The sum of two arrays of one shape, or null where one of them is only a summary.
 *
 * @param {Value | null} a
 * @param {Value | null} b
 * @returns {Value | null}
 */
export function sum(a, b) {
  if (a === null || b === null || isSummary(a) || isSummary(b)) return null;
  if (!Array.isArray(a) || !Array.isArray(b))
    return toNumber(/** @type {Scalar} */ (a)) + toNumber(/** @type {Scalar} */ (b));
  const parts = a.map((part, i) => sum(part, b[i]));
  return parts.includes(null) ? null : /** @type {Value} */ (parts);
}

/**
 * A number or an array from text: a number, NumPy's or Python's nested brackets, or rows pasted from a spreadsheet.
 *
 * @param {string} text
 * @returns {{value: Value} | {message: "empty" | "number" | "large" | "ragged"}}
 */
export function read(text) {
  const trimmed = text
    .trim()
    .replace(/^(np\.|numpy\.)?array\(([\s\S]*)\)$/, "$2")
    .replace(/,\s*dtype=[\w.]+\s*$/, "");
  if (trimmed === "") return { message: "empty" };
  const value = trimmed.includes("[") ? fromBrackets(trimmed) : fromTable(trimmed);
  if (value === null) return { message: "number" };
  if (!rectangular(value)) return { message: "ragged" };
  return rows(value).flat().every(Number.isFinite) ? { value } : { message: "large" };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @param {string} text @returns {number | null} */
function numberIn(text) {
  const plain = text.replace("−", "-");
  return NUMBER.test(plain) ? Number(plain) : null;
}

/** @param {string} text @returns {Value | null} */
function fromBrackets(text) {
  const spaced = text.replace(/[[\]]/g, " $& ").replace(/,/g, " ").trim().split(/\s+/);
  /** @type {Value[][]} */
  const open = [[]];
  for (const token of spaced) {
    if (token === "[") open.push([]);
    else if (token === "]") {
      const closed = open.pop();
      if (closed === undefined || open.length === 0) return null;
      open[open.length - 1].push(closed);
    } else {
      const value = numberIn(token);
      if (value === null || open.length === 1) return null;
      open[open.length - 1].push(value);
    }
  }
  return open.length === 1 && open[0].length === 1 ? open[0][0] : null;
}

/** @param {string} text @returns {Value | null} */
function fromTable(text) {
  // A spreadsheet parts its cells by tabs, and may write 1,5 for one and a half.
  const sheet = text.includes("\t");
  const lines = text.split(/\r?\n/).map((line) =>
    line
      .trim()
      .split(sheet ? /\s*\t\s*/ : /\s*[,;]\s*|\s+/)
      .filter((cell) => cell !== ""),
  );
  const cells = lines.map((line) => line.map((cell) => numberIn(sheet ? cell.replace(",", ".") : cell)));
  if (cells.some((line) => line.includes(null))) return null;
  const numbers = /** @type {number[][]} */ (cells);
  if (numbers.length > 1) return numbers;
  return numbers[0].length > 1 ? numbers[0] : numbers[0][0];
}

/** @param {Value} value */
function rectangular(value) {
  const shape = shapeOf(value);
  /** @param {Value} part @param {number} depth @returns {boolean} */
  const fits = (part, depth) =>
    Array.isArray(part)
      ? depth < shape.length && part.length === shape[depth] && part.length > 0 && part.every((p) => fits(p, depth + 1))
      : depth === shape.length;
  return fits(value, 0);
}
