/** @import {Matrix, Operation} from "./types" */
import { number, shape as shapeText } from "../../format.js";
import { t } from "../../i18n.js";
import { at, toNumber } from "../array.js";
import { html } from "../draw/element.js";
import { isLarge } from "./operation.js";
import { copies, original, sizeOf, unravel } from "./position.js";

/** Rows and columns of the picture; more are said, not drawn. */
const MOST = { rows: 4, columns: 5 };

/**
 * Why a gradient was summed: an operand that was repeated to fit, forward and back. Null where nothing was repeated.
 *
 * @param {Operation} operation
 * @param {number} slot
 */
export function repeatOf(operation, slot) {
  const { matrices } = operation;
  const operand = matrices[`value:${slot}`];
  const { gradient, value } = matrices;
  const going = matrices[`gradient:${slot}`];
  if (!repeats(operation, slot) || !operand || !going || !gradient || sizeOf(operand.shape) === sizeOf(value.shape)) {
    return null;
  }
  const count = sizeOf(value.shape) / sizeOf(operand.shape);
  const words = { name: operand.name, count, shape: shapeText(value.shape), own: shapeText(operand.shape) };
  const block = html(
    "div",
    { class: "repeat" },
    html("h4", {}, t("{name} is repeated {count} times, so its gradient is a sum", words)),
  );
  const drawable = value.shape.length === 2 && ![operand, going, gradient].some(isLarge);
  if (drawable) {
    const forward = tableOf(value.shape, "value", (index) => elementOf(operand, original(index, operand.shape)));
    const local = matrices[`local:${slot}`];
    const back = tableOf(
      value.shape,
      "gradient",
      (index) => elementOf(gradient, index) * (local ? elementOf(local, index) : 1),
    );
    const total = tableOf([1, ...value.shape.slice(1)], "gradient", (index) =>
      elementOf(going, original(index, operand.shape)),
    );
    const along = copies(
      original(
        value.shape.map(() => 0),
        operand.shape,
      ),
      operand.shape,
      value.shape,
    );
    const rowsOnly = along.every((place) => place[1] === 0);
    block.append(
      html(
        "div",
        { class: "both-ways" },
        html("div", {}, html("small", {}, t("forward: repeat"), " ▸"), forward),
        html(
          "div",
          {},
          html("small", {}, "◂ ", t("backward: sum")),
          back,
          ...(rowsOnly ? [html("span", { class: "sum-sign" }, "Σ ="), total] : []),
        ),
      ),
    );
  }
  block.append(
    html(
      "p",
      { class: "why" },
      t(
        "Forward, the same {name} {own} is used {count} times to fit {shape}. Every use adds to the result, so on the way back every use hands in a gradient, and they add up.",
        words,
      ),
    ),
  );
  const axes = missing(operand.shape, value.shape);
  if (axes !== null) {
    block.append(html("p", {}, html("code", {}, `d${operand.name} = np.sum(dout, axis=${axes})`)));
  }
  return block;
}

/** The slots of other than elementwise ops that are repeated to fit the result. @type {Record<string, number>} */
const REPEATED = { broadcast_to: 0, affine: 2, batch_norm: 2 };

/** @param {Operation} operation @param {number} slot */
const repeats = ({ op, elementwise }, slot) => elementwise || REPEATED[op] === slot;

/** The axis an operand was repeated along where it is but one that it lacks. @param {number[]} shape @param {number[]} into */
function missing(shape, into) {
  const count = into.length - shape.length;
  const same = shape.every((length, axis) => length === into[axis + count]);
  return count === 1 && same ? 0 : null;
}

/** @param {Matrix} matrix @param {number[]} index */
const elementOf = ({ value }, index) => toNumber(/** @type {any} */ (at(value, index)));

/**
 * A small picture of an array: its numbers, or dots where there are more.
 *
 * @param {number[]} shape
 * @param {"value" | "gradient"} kind
 * @param {(index: number[]) => number} element
 */
function tableOf(shape, kind, element) {
  const [height, width] = shape;
  const table = html("div", { class: `copies ${kind}`, role: "img", "aria-label": shapeText(shape) });
  for (let r = 0; r < Math.min(height, MOST.rows); r++) {
    const cells = Array.from({ length: Math.min(width, MOST.columns) }, (_, c) =>
      html("span", {}, number(element(unravel(r * width + c, shape)), 3)),
    );
    if (width > MOST.columns) cells.push(html("span", {}, "…"));
    table.append(html("div", {}, ...cells));
  }
  if (height > MOST.rows) table.append(html("div", {}, html("span", {}, `⋮ ${height}`)));
  return table;
}
