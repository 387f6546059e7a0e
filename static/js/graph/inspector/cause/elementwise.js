/** @import {Op} from "../../types" */
/** @import {Cause, Cell, Operation} from "../types" */
import { at, toNumber } from "../../array.js";
import { copies, original, sizeOf } from "../position.js";
import { causeOf, cellOf } from "./product.js";

/**
 * What made a cell of an op that treats each element by itself; un-broadcasting sums over the copies.
 *
 * @param {Operation} operation
 * @param {Cell} cell
 * @param {Op} op
 * @returns {Cause | null}
 */
export function elementwise({ slots, matrices }, { key, index }, op) {
  const out = matrices.value.shape;
  if (key === "value") {
    /** @type {Record<string, Cell>} */
    const numbers = {};
    for (let slot = 0; slot < slots; slot++) {
      numbers[op.slots[slot]] = cellOf(`value:${slot}`, original(index, matrices[`value:${slot}`].shape));
    }
    return { rule: { letters: op.rule.forward, numbers }, lights: Object.values(numbers), why: "element" };
  }
  const slot = Number(/^gradient:(\d+)$/.exec(key)?.[1] ?? -1);
  if (slot < 0) return null;
  const shape = matrices[`value:${slot}`].shape;
  const local = matrices[`local:${slot}`];
  const plain = op.rule.local[slot] === "1" || !local;
  const terms = copies(index, shape, out).map((place) => [
    cellOf("gradient", place),
    ...(plain ? [] : [cellOf(`local:${slot}`, place)]),
  ]);
  if (sizeOf(shape) !== sizeOf(out)) return causeOf(terms, "repeated");
  if (plain) return causeOf(terms, "pass");
  const own = cellOf(`value:${slot}`, index);
  const why = op.name === "relu" ? mask(matrices[own.key].value, index) : "local";
  return causeOf(terms, why, { lights: [...terms.flat(), own] });
}

/** @param {import("../../types").Value} x @param {number[]} index */
const mask = (x, index) => (toNumber(/** @type {any} */ (at(x, index))) > 0 ? "relu-open" : "relu-shut");
