/** @import {View} from "./types" */
import { shapeOf } from "./array.js";

const INFIX = new Set(["add", "sub", "mul", "div", "pow"]);

/**
 * A constant in the circle of its op.
 * @typedef {object} Inner
 * @property {string} text
 * @property {boolean} before whether it stands before the op's symbol
 * @property {"constant" | "symbol" | null} raised which of the two is an exponent
 */

/** @param {string} op @param {number} slot @param {string} text @returns {Inner} */
export function innerOf(op, slot, text) {
  const before = slot === 0;
  const raised = op === "pow" ? (before ? "symbol" : "constant") : null;
  const bare = raised === "constant" || !text.startsWith("-");
  return { text: bare ? text : `(${text})`, before, raised };
}

/**
 * The constants that are written into the circle of their op, as the book writes ×2: single numbers used once, by an
 * op of two operands whose other one comes from elsewhere.
 *
 * @param {View} view
 * @returns {Map<string, {target: string, slot: number}>} by the constant's id
 */
export function inlineConstants(view) {
  /** @type {Map<string, {target: string, slot: number} | null>} */
  const uses = new Map();
  for (const { source, target, slot } of view.edges) uses.set(source, uses.has(source) ? null : { target, slot });
  const ops = new Map(view.nodes.map((node) => [node.id, node]));
  /** @type {Map<string, {target: string, slot: number}>} */
  const inline = new Map();
  const taken = new Set();
  for (const { id, kind, node } of view.nodes) {
    const use = uses.get(id);
    if (kind !== "constant" || !use || id === view.output || taken.has(use.target) || shapeOf(node?.value).length > 0)
      continue;
    const op = ops.get(use.target);
    if (op?.kind !== "op" || !INFIX.has(op.op)) continue;
    taken.add(use.target);
    inline.set(id, use);
  }
  return inline;
}
