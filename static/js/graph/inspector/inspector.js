/** @import {Context, State, ViewNode} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { figure } from "../figure.js";
import { edgesInto, nameOf, nodeOf, symbolOf } from "../sentence.js";
import { viewOf } from "../view.js";
import { flowOf, sumOf } from "./flow.js";
import { nudgeOf } from "./nudge.js";
import { ruleOf } from "./rule.js";

/**
 * The inspector: all about the chosen node or edge, with its numbers.
 *
 * @param {HTMLElement} container
 * @param {Context} context
 */
export function renderInspector(container, context) {
  const { state } = context;
  const edge = state.document && viewOf(state.document).edges.find((e) => e.key === state.shown.edge);
  const node = state.shown.node === null ? undefined : nodeOf(state, state.shown.node);
  container.classList.toggle("is-empty", !edge && !node);
  if (edge) container.replaceChildren(heading(state, edge.target), flowOf(state, edge));
  else if (node) container.replaceChildren(...aboutNode(context, node));
  else
    container.replaceChildren(html("p", { class: "hint soft" }, t("Choose a node to see its rule with its numbers.")));
}

/** @param {Context} context @param {ViewNode} node */
function aboutNode(context, node) {
  const { state, dispatch } = context;
  const op = state.ops[node.op];
  /** @type {HTMLElement[]} */
  const parts = [heading(state, node.id), numbers(state, node.id)];
  if (op) parts.push(ruleOf(state, op, node.id));
  if (node.kind === "group" || op?.expandable) {
    const open = html("button", { type: "button", class: "open-composite" }, t("Open into its parts"));
    open.addEventListener("click", () => dispatch({ type: "node/opened", node: node.id }));
    parts.push(open);
  }
  for (const edge of edgesInto(state, node.id)) parts.push(flowOf(state, edge));
  for (const part of [sumOf(state, node.id), nudgeOf(context, node.id)]) if (part) parts.push(part);
  return parts;
}

/** @param {State} state @param {string} id */
function heading(state, id) {
  const name = nameOf(state, id);
  const symbol = nodeOf(state, id)?.kind === "op" ? symbolOf(state, id) : "";
  const title = html("h2", {});
  if (symbol) title.append(html("span", { class: "badge" }, symbol));
  if (name !== symbol) title.append(html("span", {}, name));
  return title;
}

/** Value and gradient of a node, side by side and never alike. @param {State} state @param {string} id */
function numbers(state, id) {
  const own = state.evaluation?.nodes[id];
  return html(
    "dl",
    { class: "numbers" },
    html("dt", {}, t("Value")),
    html("dd", { class: "value" }, figure(own?.value)?.text ?? "?"),
    html("dt", {}, t("Gradient")),
    html("dd", { class: "gradient" }, `◂ ${figure(own?.gradient)?.text ?? "?"}`),
  );
}
