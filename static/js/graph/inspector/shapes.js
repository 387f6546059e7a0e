/** @import {Operation} from "./types" */
import { shape as shapeText } from "../../format.js";

/** A name as LaTeX: W1 has a subscript, longer names stand upright. @param {string} name */
export function letterOf(name) {
  const [, letter, digits] = /^(\p{L})(\d*)$/u.exec(name) ?? [];
  if (letter) return digits ? `${letter}_{${digits}}` : letter;
  return `\\mathrm{${name.replace(/[_&%$#{}]/g, "\\$&")}}`;
}

/** An array in a formula with its shape below it. @param {string} tex @param {number[]} shape @param {"value" | "gradient"} kind */
const shaped = (tex, shape, kind) => `\\underset{${shapeText(shape)}}{\\htmlClass{${kind}}{${tex}}}`;

/** @param {string} name */
const slope = (name) => `\\frac{\\partial L}{\\partial ${letterOf(name)}}`;

/**
 * A product of matrices and its way back, each array with its shape: the shapes fit in no other order.
 *
 * @param {Operation} operation
 * @returns {string[]} in LaTeX; nothing for other ops, or where leading axes are a batch of matrices
 */
export function productShapes({ op, matrices }) {
  if (!["dot", "matmul", "affine"].includes(op)) return [];
  const { "value:0": x, "value:1": w, "value:2": b, value: y } = matrices;
  if (!(x.shape.length === 1 || x.shape.length === 2) || !(w.shape.length === 1 || w.shape.length === 2)) return [];
  const [d] = w.shape;
  const n = x.shape.length === 1 ? 1 : x.shape[0];
  const k = w.shape.length === 1 ? 1 : w.shape[1];
  const g = shaped("g", [n, k], "gradient");
  const transposed = (/** @type {string} */ name, /** @type {number[]} */ shape) =>
    shaped(`${letterOf(name)}^{\\mathsf T}`, shape, "value");
  const plain = ({ name = "", shape = /** @type {number[]} */ ([]) }) => shaped(letterOf(name), shape, "value");
  const lines = [
    `${plain(y)} = ${plain(x)} \\cdot ${plain(w)}${b ? ` + ${plain(b)}` : ""}`,
    `${shaped(slope(x.name), x.shape, "gradient")} = ${g} \\cdot ${transposed(w.name, [k, d])}`,
    `${shaped(slope(w.name), w.shape, "gradient")} = ${transposed(x.name, [d, n])} \\cdot ${g}`,
  ];
  if (b) {
    const sum = n > 1 ? "\\sum_{n}" : "";
    lines.push(`${shaped(slope(b.name), b.shape, "gradient")} = ${sum} ${g}`);
  }
  return lines;
}

/** What a slot gets back, with its shape below it. @param {Operation} operation @param {number} slot @param {string} local */
export function slotShape({ matrices }, slot, local) {
  const { name, shape } = matrices[`value:${slot}`];
  return `${shaped(slope(name), shape, "gradient")} = ${local}`;
}
