/** @import {Cause, Cell, Operation} from "../types" */
import { axesOf, copies, original, ravel, unravel } from "../position.js";
import { causeOf, cellOf } from "./product.js";

/**
 * What made a cell of an op that only moves numbers: every number stands somewhere else afterwards.
 *
 * @param {Operation} operation
 * @param {Cell} cell
 * @returns {Cause | null}
 */
export function move(operation, { key, index }) {
  const { op, attrs, matrices } = operation;
  const out = matrices.value.shape;
  if (op === "concat") return joined(operation, { key, index });
  const { shape } = matrices["value:0"];
  const forward = key === "value";
  if (!forward && key !== "gradient:0") return null;
  const from = forward ? "value:0" : "gradient";
  if (op === "broadcast_to") {
    if (forward) return causeOf([[cellOf(from, original(index, shape))]], "copy");
    return causeOf(
      copies(index, shape, out).map((at) => [cellOf(from, at)]),
      "repeated",
    );
  }
  if (op === "transpose") {
    const axes = attrs.axes ? axesOf(attrs.axes, shape.length) : shape.map((_, axis) => shape.length - 1 - axis);
    const place = shape.map(() => 0);
    axes.forEach((axis, i) => {
      if (forward) place[axis] = index[i];
      else place[i] = index[axis];
    });
    return causeOf([[cellOf(from, place)]], "moved");
  }
  const place = forward ? unravel(ravel(index, out), shape) : unravel(ravel(index, shape), out);
  return causeOf([[cellOf(from, place)]], "moved");
}

/** @param {Operation} operation @param {Cell} cell @returns {Cause | null} */
function joined({ attrs, slots, matrices }, { key, index }) {
  const [axis] = axesOf(attrs.axis ?? 0, matrices.value.shape.length);
  const wanted = Number(/^gradient:(\d+)$/.exec(key)?.[1] ?? -1);
  let before = 0;
  for (let slot = 0; slot < slots; slot++) {
    const length = matrices[`value:${slot}`].shape[axis];
    if (slot === wanted) {
      return causeOf([[cellOf("gradient", shifted(index, axis, before))]], "moved");
    }
    if (key === "value" && index[axis] < before + length) {
      return causeOf([[cellOf(`value:${slot}`, shifted(index, axis, -before))]], "moved");
    }
    before += length;
  }
  return null;
}

/** @param {number[]} index @param {number} axis @param {number} by */
const shifted = (index, axis, by) => index.map((i, a) => (a === axis ? i + by : i));
