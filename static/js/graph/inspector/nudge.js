/** @import {Context} from "../types" */

import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { toNumber } from "../array.js";
import { html } from "../draw/element.js";
import { nameOf, nodeOf, outputName, phrase } from "../sentence.js";

/**
 * What a gradient means: change the number a little and see the output follow. Null where a number is not
 * single, and at the output itself.
 *
 * @param {Context} context
 * @param {string} node
 */
export function nudgeOf({ state, dispatch }, node) {
  const { document, evaluation } = state;
  if (!document || !evaluation) return null;
  const numbers = evaluation.nodes[node];
  const output = evaluation.nodes[evaluation.output];
  if (!numbers || node === evaluation.output || numbers.shape.length > 0 || output.shape.length > 0) return null;
  const slope = toNumber(/** @type {any} */ (numbers.gradient));
  const amount = amountFor(toNumber(/** @type {any} */ (numbers.value)));
  const change = slope * amount;
  const sentence = phrase(
    change < 0
      ? t("Add {amount} to {name} and {output} falls by about {change}.")
      : t("Add {amount} to {name} and {output} grows by about {change}."),
    {
      amount: { kind: "text", text: number(amount) },
      name: { kind: "text", text: subject(state, node) },
      output: { kind: "text", text: outputName(state) },
      change: { kind: "gradient", text: number(Math.abs(change)) },
    },
  );
  const block = html(
    "div",
    { class: "nudge" },
    html("p", {}, ...sentence.map(({ kind, text }) => (kind === "text" ? text : html("b", { class: kind }, text)))),
  );
  if (document.nodes.find((n) => n.id === node)?.op !== "input") return block;
  const attempt = html("button", { type: "button" }, t("Try it"));
  attempt.addEventListener("click", () => dispatch({ type: "nudge/tried", node, amount }));
  block.append(attempt);
  const result = resultOf(state, node);
  if (result) block.append(result);
  return block;
}

/** @param {Context["state"]} state @param {string} node */
function resultOf({ nudge, evaluation, revision }, node) {
  if (nudge?.node !== node || evaluation?.revision !== revision) return null;
  const before = toNumber(/** @type {any} */ (nudge.output));
  const after = toNumber(/** @type {any} */ (evaluation.nodes[evaluation.output].value));
  const places = {
    before: number(before),
    after: number(after),
    change: number(Number((after - before).toPrecision(10))),
  };
  return html("p", { role: "status" }, t("It went from {before} to {after}: {change}.", places));
}

/** What is nudged: a variable, or the number that leaves a node. @param {Context["state"]} state @param {string} id */
function subject(state, id) {
  const node = nodeOf(state, id);
  if (node?.kind === "input" || node?.label) return nameOf(state, id);
  return t("the result of {op}", { op: nameOf(state, id) });
}

/** A step small enough for the number it is added to. @param {number} value */
function amountFor(value) {
  return Number.isInteger(value) && value !== 0 ? 1 : 0.01;
}
