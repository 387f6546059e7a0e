/** @import {State, Value} from "../types" */
/** @import {Matrix, Operation} from "./types" */
import { isSummary, shapeOf } from "../array.js";
import { edgesInto, nodeOf } from "../sentence.js";
import { edgeNumbers } from "../view.js";
import { resultOf } from "./equation.js";

/** Names longer than this make formulas hard to read: the rule's own letters stand in. */
const LONGEST = 4;

/**
 * A node with all the arrays of its op: what enters and leaves, its local derivatives, the gradients that arrive and go on.
 *
 * @param {State} state
 * @param {string} id
 * @returns {Operation | null}
 */
export function operationOf(state, id) {
  const node = nodeOf(state, id);
  const own = state.evaluation?.nodes[id];
  if (!node || !own) return null;
  const op = state.ops[node.op];
  const edges = edgesInto(state, id);
  const [out, ...names] = namesOf(state, id);
  /** @type {Record<string, Matrix>} */
  const matrices = {};
  /** @param {string} key @param {Matrix["kind"]} kind @param {string} name @param {Value | null | undefined} value */
  const add = (key, kind, name, value) => {
    if (value !== null && value !== undefined) matrices[key] = { key, kind, name, value, shape: shapeOf(value) };
  };
  for (const [slot, edge] of edges.entries()) {
    const numbers = edgeNumbers(state.evaluation, edge);
    if (!numbers || edge.slot !== slot) return null;
    add(`value:${slot}`, "value", names[slot], numbers.value);
    add(`local:${slot}`, "local", `∂${out}/∂${names[slot]}`, numbers.local);
    add(`gradient:${slot}`, "gradient", `∂L/∂${names[slot]}`, numbers.gradient);
  }
  add("value", "value", out, own.value);
  add("gradient", "gradient", edges.length > 0 ? "g" : `∂L/∂${out}`, own.gradient);
  const attrs = { ...op?.attrs, ...(node.node?.attrs ?? node.group?.attrs) };
  const elementwise = op?.elementwise ?? false;
  return { node: id, op: node.op, attrs, elementwise, slots: edges.length, matrices };
}

/** Whether an operation has anything but single numbers. @param {Operation} operation */
export const hasArrays = ({ matrices }) => Object.values(matrices).some(({ shape }) => shape.length > 0);

/** Whether an array came as a summary, so that its cells are not here. @param {Matrix} matrix */
export const isLarge = ({ value }) => isSummary(value);

/**
 * What an operation's result and operands are called in formulas: their own short names, else the letters of the rule.
 *
 * @param {State} state
 * @param {string} id
 * @returns {string[]} the result's, then one a slot
 */
export function namesOf(state, id) {
  const node = nodeOf(state, id);
  const op = node && state.ops[node.op];
  const ids = [id, ...edgesInto(state, id).map((edge) => edge.source)];
  const short = ids.every((name) => name.length <= LONGEST && /^[\p{L}][\p{L}\d]*$/u.test(name));
  if (short || !op) return ids.map((name) => (name.length <= LONGEST * 4 ? name : `${name.slice(0, LONGEST * 4)}…`));
  const slots = ids.slice(1).map((_, slot) => op.slots[slot] ?? `${op.slots.at(-1)}${slot}`);
  return [resultOf(op.rule.forward), ...slots];
}
