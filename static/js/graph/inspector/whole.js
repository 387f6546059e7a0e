/** @import {State} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { edgesInto, nodeOf } from "../sentence.js";
import { viewOf } from "../view.js";
import { flowOf } from "./flow.js";
import { hasArrays, operationOf } from "./operation.js";
import { ruleOf } from "./rule.js";

/**
 * The opened composite around a node as one op: what its many steps come to, which is the book's simplification. Null
 * where the node stands in none.
 *
 * @param {State} state
 * @param {string} node
 */
export function wholeOf(state, node) {
  const { document, ops } = state;
  const parent = nodeOf(state, node)?.parent;
  const group = document?.groups?.find(({ id }) => id === parent);
  const op = group && ops[group.op];
  if (!document?.groups || !op) return null;
  const groups = document.groups.map((other) => (other === group ? { ...group, collapsed: true } : other));
  const closed = { ...state, document: { ...document, groups } };
  const face = viewOf(closed.document).nodes.find((other) => other.group?.id === group.id);
  if (!face) return null;
  const own = operationOf(closed, face.id);
  const flows = own && !hasArrays(own) ? edgesInto(closed, face.id).map((edge) => flowOf(closed, edge)) : [];
  return html(
    "section",
    { class: "whole" },
    html("h3", {}, t("All steps of {name} together", { name: op.name })),
    ruleOf(closed, op, face.id),
    ...flows,
  );
}
