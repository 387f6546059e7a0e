/** @import {Context, Dispatch, State, ViewEdge, ViewNode} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { figure } from "../figure.js";
import { edgesInto, nameOf, nodeOf, symbolOf } from "../sentence.js";
import { viewOf } from "../view.js";
import { causeOf } from "./cell.js";
import { checkedOf } from "./checked.js";
import { flowOf, sumOf } from "./flow.js";
import { keepFocus } from "./focus.js";
import { matricesOf } from "./matrices.js";
import { nudgeOf } from "./nudge.js";
import { hasArrays, operationOf } from "./operation.js";
import { overviewOf } from "./overview.js";
import { ruleOf } from "./rule.js";
import { usesOf } from "./uses.js";
import { wholeOf } from "./whole.js";
import { createWide } from "./wide.js";
import { zeroOf } from "./zero.js";

/** Room for one map beside the inspector's edges. */
const ROOM = 290;

/**
 * The inspector: all about the chosen node or edge, with its numbers. The focus stays where it was.
 *
 * @param {HTMLElement} container
 * @param {Dispatch} dispatch
 * @returns {{render: (state: State) => void}}
 */
export function createInspector(container, dispatch) {
  const wide = createWide(dispatch);
  return {
    render(state) {
      const context = { state, dispatch };
      const edge = state.document && viewOf(state.document).edges.find((e) => e.key === state.shown.edge);
      const node = state.shown.node === null ? undefined : nodeOf(state, state.shown.node);
      container.classList.toggle("is-empty", !edge && !node);
      const parts = edge ? aboutEdge(context, edge) : node ? aboutNode(context, node) : [];
      const maps = edge || node ? arrays(context, edge?.target ?? node?.id ?? "", wide.open) : [];
      const all = parts.length > 0 ? [...parts, ...maps] : overviewOf(context);
      keepFocus(container, () => container.replaceChildren(...all));
      wide.render(state);
    },
  };
}

/** @param {Context} context @param {string} node @param {() => void} open */
function arrays(context, node, open) {
  const maps = matricesOf(context, node, ROOM);
  if (maps.length === 0) return [];
  const expand = html("button", { type: "button", class: "expand", "data-focus": "expand" }, t("Expand"));
  expand.addEventListener("click", open);
  const head = html("header", { class: "maps-head" }, html("h3", {}, t("Matrices")), expand);
  return [head, ...maps, html("div", { class: "cause-place", role: "status" }, causeOf(context))];
}

/** @param {Context} context @param {ViewEdge} edge */
const aboutEdge = ({ state }, edge) => [heading(state, edge.target), flowOf(state, edge)];

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
  const own = operationOf(state, node.id);
  const single = !own || !hasArrays(own);
  if (single) for (const edge of edgesInto(state, node.id)) parts.push(flowOf(state, edge));
  if (node.kind === "input") parts.push(...usesOf(state, node.id));
  for (const part of [
    checkedOf(state, node.id),
    wholeOf(state, node.id),
    sumOf(state, node.id),
    nudgeOf(context, node.id),
    zeroOf(state, node.id),
  ]) {
    if (part) parts.push(part);
  }
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
    html("dt", {}, nodeOf(state, id)?.kind === "input" ? t("Gradient") : t("Gradient arriving")),
    html("dd", { class: "gradient" }, `◂ ${figure(own?.gradient)?.text ?? "?"}`),
  );
}
