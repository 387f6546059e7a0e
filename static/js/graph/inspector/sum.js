/** @import {Part} from "../sentence.js" */
/** @import {Cause, Cell, Operation} from "./types" */
import { number } from "../../format.js";
import { at, toNumber } from "../array.js";

/** Longer sums are written with their first and last terms. */
const LONGEST = 8;
const FIRST = 4;

/** @param {string} text @returns {Part} */
const text = (text) => ({ kind: "text", text });

/** The number in a cell. @param {Operation} operation @param {Cell} cell */
export const numberIn = ({ matrices }, { key, index }) => toNumber(/** @type {any} */ (at(matrices[key].value, index)));

/** What a cell is called: W[1, 0]; a single number has no brackets. @param {Operation} operation @param {Cell} cell */
export const nameIn = ({ matrices }, { key, index }) =>
  index.length > 0 ? `${matrices[key].name}[${index.join(",")}]` : matrices[key].name;

/** A local derivative is a number of the forward pass. @param {Operation} operation @param {Cell} cell */
export const kindIn = ({ matrices }, { key }) => (matrices[key].kind === "gradient" ? "gradient" : "value");

/**
 * The sum that made a cell, once with names and once with numbers; a long one with its first and last terms.
 *
 * @param {Operation} operation
 * @param {Cause} cause
 * @returns {{letters: Part[], numbers: Part[], omitted: number}}
 */
export function sumOf(operation, { terms = [], divisor }) {
  const long = terms.length > LONGEST;
  const shown = long ? [...terms.slice(0, FIRST), terms[terms.length - 1]] : terms;
  /** @param {(cell: Cell) => Part} write @returns {Part[]} */
  const line = (write) => {
    const parts = shown.flatMap((term, i) => [
      ...(i > 0 ? [text(long && i === FIRST ? " + … + " : " + ")] : []),
      ...term.flatMap((cell, j) => [...(j > 0 ? [text(" · ")] : []), write(cell)]),
    ]);
    if (terms.length === 0) parts.push(text("0"));
    if (divisor === undefined) return parts;
    const sum = terms.length > 1 ? [text("("), ...parts, text(")")] : parts;
    return [...sum, text(` / ${divisor}`)];
  };
  return {
    letters: line((cell) => ({ kind: kindIn(operation, cell), text: nameIn(operation, cell) })),
    numbers: line((cell) => ({ kind: kindIn(operation, cell), text: signed(operation, cell) })),
    omitted: terms.length - shown.length,
  };
}

/** The sum of products of the numbers shown: it equals the server's up to rounding. @param {Operation} operation @param {Cause} cause */
export const totalOf = (operation, { terms = [], divisor = 1 }) =>
  terms.reduce((sum, term) => sum + term.reduce((product, cell) => product * numberIn(operation, cell), 1), 0) /
  divisor;

/** @param {Operation} operation @param {Cell} cell */
function signed(operation, cell) {
  const own = number(numberIn(operation, cell));
  const marked = kindIn(operation, cell) === "gradient" ? `◂${own}` : own;
  return own.startsWith("-") ? `(${marked})` : marked;
}
