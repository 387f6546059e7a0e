/** @import {Op, State} from "../types" */
/** @import {Cause, Cell, Chosen, Operation} from "./types" */
import { viewOf } from "../view.js";
import { elementwise } from "./cause/elementwise.js";
import { loss } from "./cause/loss.js";
import { move } from "./cause/move.js";
import { product } from "./cause/product.js";
import { reduction } from "./cause/reduction.js";
import { isLarge, operationOf } from "./operation.js";
import { numberIn, totalOf } from "./sum.js";

/** @type {Record<string, (operation: Operation, cell: Cell, op: Op) => Cause | null>} */
const FAMILIES = {
  dot: product,
  matmul: product,
  affine: product,
  sum: reduction,
  mean: reduction,
  max: reduction,
  transpose: move,
  reshape: move,
  flatten: move,
  broadcast_to: move,
  concat: move,
  softmax_with_loss: loss,
  mean_squared_error: loss,
  sum_squared_error: loss,
  cross_entropy_error: loss,
};

/**
 * Which cells made this cell, and how; null where the page cannot say it from the numbers it has.
 *
 * @param {Operation} operation
 * @param {Op | undefined} op
 * @param {Cell} cell
 * @returns {Cause | null}
 */
export function causeOf(operation, op, cell) {
  const matrix = operation.matrices[cell.key];
  const inside = matrix?.shape.length === cell.index.length && cell.index.every((i, axis) => i < matrix.shape[axis]);
  if (!op || !inside || operation.slots === 0 || Object.values(operation.matrices).some(isLarge)) return null;
  const family = FAMILIES[operation.op] ?? (op.elementwise ? elementwise : null);
  const cause = family ? family(operation, cell, op) : null;
  return cause && agrees(operation, cell, cause) ? cause : null;
}

/** A sum is only shown where it gives the server's number. @param {Operation} operation @param {Cell} cell @param {Cause} cause */
function agrees(operation, cell, cause) {
  const number = numberIn(operation, cell);
  if (!cause.terms || !Number.isFinite(number)) return true;
  return Math.abs(totalOf(operation, cause) - number) <= 1e-6 * Math.max(1, Math.abs(number));
}

/**
 * The cell whose making explains the chosen one: a gradient that arrives was made by the op that uses the value.
 *
 * @param {State} state
 * @param {Chosen} chosen
 * @returns {Chosen[]} the same gradient as each use of the value hands it back; the chosen cell itself where it is made here
 */
export function makersOf(state, chosen) {
  if (chosen.key !== "gradient" || !state.document) return [chosen];
  const edges = viewOf(state.document).edges.filter((edge) => edge.source === chosen.node);
  return edges.map((edge) => ({ node: edge.target, key: `gradient:${edge.slot}`, index: chosen.index }));
}

/** @param {State} state @param {Chosen} chosen @returns {{operation: Operation, cause: Cause | null} | null} */
export function madeOf(state, chosen) {
  const operation = operationOf(state, chosen.node);
  if (!operation) return null;
  return { operation, cause: causeOf(operation, state.ops[operation.op], chosen) };
}
