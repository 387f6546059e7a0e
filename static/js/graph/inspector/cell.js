/** @import {Context, State} from "../types" */
/** @import {Cause, Cell, Chosen, Operation, Rule} from "./types" */
/** @import {Part} from "../sentence.js" */
import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { outputName, phrase, symbolOf } from "../sentence.js";
import { madeOf, makersOf } from "./cause.js";
import { substituted } from "./equation.js";
import { lineOf } from "./line.js";
import { isLarge, operationOf } from "./operation.js";
import { kindIn, nameIn, numberIn, sumOf } from "./sum.js";
import { typeset } from "./typeset.js";
import { whyOf } from "./why.js";

/**
 * What made the chosen cell: its row and its column, or whatever else, with the numbers.
 *
 * @param {Context} context
 * @returns {HTMLElement}
 */
export function causeOf({ state, dispatch }) {
  const { cell } = state.shown;
  const own = cell && operationOf(state, cell.node);
  if (!cell || !own?.matrices[cell.key] || isLarge(own.matrices[cell.key])) {
    return html("p", { class: "hint soft" }, t("Choose a cell to see what made it."));
  }
  const close = html("button", { type: "button", class: "close", "aria-label": t("Close") }, "×");
  close.addEventListener("click", () => dispatch({ type: "cell/chosen", cell: null }));
  const makers = makersOf(state, cell);
  const title = lineOf("h4", [
    { kind: kindIn(own, cell), text: `${kindIn(own, cell) === "gradient" ? "◂ " : ""}${nameIn(own, cell)}` },
    { kind: "text", text: " = " },
    { kind: kindIn(own, cell), text: written(own, cell) },
  ]);
  const parts = makers.length > 1 ? branches(state, makers) : makers.flatMap((maker) => made(state, maker));
  return html("div", { class: "cause" }, close, title, ...parts, ...change(state, cell, own));
}

/** How one operation made its cell. @param {State} state @param {Chosen} maker */
function made(state, maker) {
  const found = madeOf(state, maker);
  if (!found || found.operation.slots === 0) return [];
  const { operation, cause } = found;
  const where = html("small", {}, t("made in {op}", { op: symbolOf(state, operation.node) }));
  const words = html("p", { class: "why" }, cause ? whyOf(cause.why, operation) : silence(operation));
  return cause ? [where, ...explained(operation, cause, maker), words] : [where, words];
}

/** @param {Operation} operation @param {Cause} cause @param {Cell} cell */
function explained(operation, cause, cell) {
  const result = lineOf("p", [equals, { kind: kindIn(operation, cell), text: written(operation, cell) }], "result");
  if (cause.rule) {
    const formulas = [cause.before, cause.rule].filter((rule) => rule !== undefined);
    return [...formulas.map((rule) => typeset(formulaOf(rule, operation))), result];
  }
  const { letters, numbers, omitted } = sumOf(operation, cause);
  const lines = [lineOf("p", [equals, ...letters], "letters"), lineOf("p", [equals, ...numbers], "in-numbers")];
  if (omitted > 0) lines.push(html("p", {}, t("({count} terms in all)", { count: cause.terms?.length ?? 0 })));
  return [...lines, result];
}

/** @type {Part} */
const equals = { kind: "text", text: "= " };

/** A rule's letters with the numbers of its cells. @param {Rule} rule @param {Operation} operation */
function formulaOf({ letters, numbers }, operation) {
  const places = Object.entries(numbers).map(([letter, place]) => {
    const cell = typeof place === "number" ? null : place;
    const text = number(cell ? numberIn(operation, cell) : Number(place));
    return [letter, { text, kind: cell ? kindIn(operation, cell) : "value" }];
  });
  return substituted(letters, Object.fromEntries(places));
}

/** The sum over the uses of a value, cell by cell. @param {State} state @param {Chosen[]} makers */
function branches(state, makers) {
  /** @type {Part[]} */
  const parts = [];
  for (const [i, maker] of makers.entries()) {
    const operation = operationOf(state, maker.node);
    if (!operation?.matrices[maker.key] || isLarge(operation.matrices[maker.key])) return [];
    parts.push({ kind: "text", text: i > 0 ? " + " : "= " });
    parts.push({ kind: "gradient", text: `◂${written(operation, maker)}` });
    parts.push({ kind: "text", text: ` (${symbolOf(state, maker.node)})` });
  }
  return [lineOf("p", parts, "in-numbers"), html("p", { class: "why" }, whyOf("branches"))];
}

/** What the gradient of an input's cell means for the output. @param {State} state @param {Chosen} cell @param {Operation} own */
function change(state, cell, own) {
  if (own.slots > 0 || !own.matrices.gradient || isLarge(own.matrices.gradient)) return [];
  const slope = numberIn(own, { key: "gradient", index: cell.index });
  const text =
    slope < 0
      ? t("Change {name} by a little, and {output} changes by {change} times as much, the other way.")
      : t("Change {name} by a little, and {output} changes by {change} times as much.");
  const places = {
    name: /** @type {Part} */ ({ kind: "value", text: nameIn(own, { key: "value", index: cell.index }) }),
    output: /** @type {Part} */ ({ kind: "text", text: outputName(state) }),
    change: /** @type {Part} */ ({ kind: "gradient", text: number(Math.abs(slope)) }),
  };
  return [lineOf("p", phrase(text, places))];
}

/** Why the page cannot say what made a cell. @param {Operation} operation */
const silence = (operation) =>
  Object.values(operation.matrices).some(isLarge)
    ? t("One of the arrays it comes from is too large to be sent whole, so its row and column are not here.")
    : t("The rule above says how it is made.");

/** The server's number. @param {Operation} operation @param {Cell} cell */
const written = (operation, cell) => number(numberIn(operation, cell), 8);
