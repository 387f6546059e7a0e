/** @import {Cause, Cell, Operation} from "../types" */
import { at, toNumber } from "../../array.js";
import { axesOf, everyIndex } from "../position.js";
import { causeOf, cellOf } from "./product.js";

/**
 * What made a cell of a sum, a mean or a maximum along axes.
 *
 * @param {Operation} operation
 * @param {Cell} cell
 * @returns {Cause | null}
 */
export function reduction({ op, attrs, matrices }, { key, index }) {
  const { shape, value } = matrices["value:0"];
  const over = axesOf(attrs.axis, shape.length);
  const count = over.reduce((n, axis) => n * shape[axis], 1);
  const divisor = op === "mean" ? count : undefined;
  /** @param {number[]} place */
  const result = (place) =>
    attrs.keepdims ? place.map((i, axis) => (over.includes(axis) ? 0 : i)) : place.filter((_, a) => !over.includes(a));
  /** @param {number[]} place in the result */
  const members = (place) => everyIndex(shape).filter((from) => result(from).join() === place.join());

  if (key === "value" && op !== "max") {
    return causeOf(
      members(index).map((from) => [cellOf("value:0", from)]),
      op === "mean" ? "mean" : "sum",
      { divisor },
    );
  }
  const among = members(key === "value" ? index : result(index));
  const numbers = among.map((from) => toNumber(/** @type {any} */ (at(value, from))));
  const first = among[numbers.indexOf(Math.max(...numbers))];
  if (key === "value") {
    return causeOf([[cellOf("value:0", first)]], "maximum", { lights: among.map((from) => cellOf("value:0", from)) });
  }
  if (key !== "gradient:0") return null;
  const upstream = cellOf("gradient", result(index));
  if (op !== "max") return causeOf([[upstream]], op === "mean" ? "shared" : "spread", { divisor });
  if (first.join() === index.join()) return causeOf([[upstream]], "chosen");
  return { terms: [], lights: [cellOf("value:0", first), cellOf("value:0", index)], why: "not-chosen" };
}
