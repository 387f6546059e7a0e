/** @import {Op, State} from "../types" */
/** @import {Operation} from "./types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { figure } from "../figure.js";
import { outputName } from "../sentence.js";
import { numeral, resultOf, substituted } from "./equation.js";
import { hasArrays, operationOf } from "./operation.js";
import { productShapes, slotShape } from "./shapes.js";
import { typeset } from "./typeset.js";
import { wordsOf } from "./words.js";

/** Greek names of slots as LaTeX writes them. */
const GREEK = new Set(["alpha", "beta", "gamma", "epsilon", "theta"]);

/**
 * An op's rule, forward and backward, typeset: with today's numbers where they are single numbers, with shapes where
 * they are arrays, and in words.
 *
 * @param {State} state
 * @param {Op} op
 * @param {string} node
 */
export function ruleOf(state, op, node) {
  const block = html("div", { class: "rule" });
  const operation = operationOf(state, node);
  const products = operation ? productShapes(operation) : [];
  if (products.length > 0) block.append(...products.map(typeset));
  else block.append(...plainRule(op, operation));
  const words = wordsOf(op.name);
  if (words) block.append(html("p", { class: "why" }, words));
  const arrays = operation !== null && hasArrays(operation);
  if (!op.elementwise || arrays) block.append(html("p", { class: "why" }, meaning(state)));
  return block;
}

/** @param {Op} op @param {Operation | null} operation */
function plainRule(op, operation) {
  const out = resultOf(op.rule.forward);
  const numbers = operation && numbersOf(op, operation, out);
  const today = operation && numbersLine(op, operation);
  const lines = [typeset(op.rule.forward), ...(today ? [today] : [])];
  op.rule.local.forEach((local, slot) => {
    if (!op.elementwise && operation?.matrices[`value:${slot}`]) {
      lines.push(typeset(slotShape(operation, slot, local)));
      return;
    }
    const name = texOf(op.slots[slot] ?? op.slots[op.slots.length - 1]);
    const left = `\\frac{\\partial ${op.elementwise ? texOf(out) : "L"}}{\\partial ${name}}`;
    const own = figure(operation?.matrices[`local:${slot}`]?.value);
    const put = numbers ? substituted(local, numbers) : local;
    const result = numbers && own ? `\\htmlClass{value}{${numeral(own.text)}}` : "";
    const steps = [put, result].filter((step, i, all) => step !== "" && step !== local && step !== all[i - 1]);
    lines.push(typeset([`${left} = ${local}`, ...steps].join(" = ")));
  });
  return lines;
}

/** An op's rule with today's numbers, where all of them are single. @param {Op} op @param {Operation} operation */
export function numbersLine(op, operation) {
  const numbers = numbersOf(op, operation, resultOf(op.rule.forward));
  if (!numbers) return null;
  const line = typeset(substituted(op.rule.forward, numbers));
  line.classList.add("with-numbers");
  return line;
}

/** What g and L stand for. @param {State} state */
function meaning(state) {
  const output = outputName(state);
  const single = state.evaluation?.nodes[state.evaluation.output]?.shape.length === 0;
  return single
    ? t("g is the gradient arriving; L is the output of the graph, {output}.", { output })
    : t("g is the gradient arriving; L is the sum of all numbers of the output, {output}.", { output });
}

/** @param {string} name */
const texOf = (name) => (GREEK.has(name) ? `\\${name}` : name);

/** Today's numbers by letter, where all of them are single. @param {Op} op @param {Operation} operation @param {string} result */
function numbersOf(op, operation, result) {
  if (hasArrays(operation) || operation.slots !== op.slots.length) return null;
  /** @type {Record<string, {text: string, kind: "value" | "gradient"}>} */
  const numbers = { [result]: { text: figure(operation.matrices.value.value)?.text ?? "", kind: "value" } };
  for (const [slot, name] of op.slots.entries()) {
    numbers[name] = { text: figure(operation.matrices[`value:${slot}`].value)?.text ?? "", kind: "value" };
  }
  for (const [name, value] of Object.entries(operation.attrs)) {
    if (typeof value === "number" && !(name in numbers)) numbers[name] = { text: String(value), kind: "value" };
  }
  return numbers;
}
