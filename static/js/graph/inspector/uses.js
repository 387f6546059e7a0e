/** @import {State} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { symbolOf } from "../sentence.js";
import { makersOf } from "./cause.js";
import { operationOf } from "./operation.js";
import { numbersLine } from "./rule.js";

/**
 * The formulas that an input stands in, with its number put in.
 *
 * @param {State} state
 * @param {string} node
 * @returns {HTMLElement[]}
 */
export function usesOf(state, node) {
  const users = new Set(makersOf(state, { node, key: "gradient", index: [] }).map((maker) => maker.node));
  return [...users].flatMap((user) => {
    const operation = operationOf(state, user);
    const op = operation && state.ops[operation.op];
    const line = op && numbersLine(op, operation);
    return line ? [html("h3", {}, t("Used by {op}", { op: symbolOf(state, user) })), line] : [];
  });
}
