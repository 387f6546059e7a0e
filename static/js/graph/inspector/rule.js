/** @import {Op, State} from "../types" */
import { html } from "../draw/element.js";
import { figure } from "../figure.js";
import { edgesInto } from "../sentence.js";
import { edgeNumbers } from "../view.js";
import { resultOf, substituted } from "./equation.js";
import { typeset } from "./typeset.js";

/** Greek names of slots as LaTeX writes them. */
const GREEK = new Set(["alpha", "beta", "gamma", "epsilon", "theta"]);

/**
 * An op's rule, forward and backward, typeset; below it the same with today's numbers where they are single numbers.
 *
 * @param {State} state
 * @param {Op} op
 * @param {string} node
 */
export function ruleOf(state, op, node) {
  const result = resultOf(op.rule.forward);
  const block = html("div", { class: "rule" }, typeset(op.rule.forward));
  op.rule.local.forEach((local, slot) => {
    const name = texOf(op.slots[slot] ?? op.slots[op.slots.length - 1]);
    const left = op.elementwise
      ? `\\frac{\\partial ${texOf(result)}}{\\partial ${name}}`
      : `\\frac{\\partial L}{\\partial ${name}}`;
    block.append(typeset(`${left} = ${local}`));
  });
  const numbers = numbersOf(state, op, node, result);
  if (numbers) block.append(html("div", { class: "with-numbers" }, typeset(substituted(op.rule.forward, numbers))));
  return block;
}

/** @param {string} name */
const texOf = (name) => (GREEK.has(name) ? `\\${name}` : name);

/** @param {State} state @param {Op} op @param {string} node @param {string} result */
function numbersOf(state, op, node, result) {
  const own = figure(state.evaluation?.nodes[node]?.value);
  const edges = edgesInto(state, node);
  if (!own || own.shape.length > 0 || edges.length !== op.slots.length) return null;
  /** @type {Record<string, {text: string, kind: "value" | "gradient"}>} */
  const numbers = { [result]: { text: own.text, kind: "value" } };
  for (const edge of edges) {
    const input = figure(edgeNumbers(state.evaluation, edge)?.value);
    if (!input || input.shape.length > 0) return null;
    numbers[op.slots[edge.slot]] = { text: input.text, kind: "value" };
  }
  return numbers;
}
