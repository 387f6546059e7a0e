/** @import {GraphDocument} from "../types" */
import { idFrom, idsOf } from "./name.js";

/**
 * A graph in which a node has another name. A name that a formula can hold is its id; any other is its label, and
 * the id follows as near as it can.
 *
 * @param {GraphDocument} document
 * @param {string} id
 * @param {string} text
 * @returns {{document: GraphDocument, node: string} | {refused: "empty" | "taken"}}
 */
export function renamed(document, id, text) {
  const name = text.trim();
  const wanted = idFrom(name);
  if (wanted === "") return { refused: "empty" };
  if (wanted !== id && idsOf(document).includes(wanted)) return { refused: "taken" };
  /** @param {string} other */
  const now = (other) => (other === id ? wanted : other);
  const nodes = document.nodes.map((node) => {
    const inputs = node.inputs ? { inputs: node.inputs.map(now) } : {};
    if (node.id !== id) return node.inputs?.includes(id) ? { ...node, ...inputs } : node;
    const { label: _, ...rest } = node;
    return { ...rest, ...inputs, id: wanted, ...(wanted === name ? {} : { label: name }) };
  });
  const groups = document.groups?.map((group) => ({
    ...group,
    nodes: group.nodes.map(now),
    ...(group.inputs ? { inputs: group.inputs.map(now) } : {}),
  }));
  const renamedDocument = { ...document, nodes, output: now(document.output), ...(groups ? { groups } : {}) };
  return { document: renamedDocument, node: wanted };
}
