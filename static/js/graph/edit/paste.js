/** @import {DocumentNode, GraphDocument, Value} from "../types" */
import { withGroups } from "./group.js";
import { freeId, idsOf } from "./name.js";
import { usersOf } from "./order.js";

/**
 * Some nodes of a graph as a graph of their own: what came from outside is an input with the value it had.
 *
 * @param {GraphDocument} document
 * @param {string[]} ids
 * @param {(id: string) => Value} worth
 * @returns {GraphDocument}
 */
export function copied(document, ids, worth) {
  const chosen = new Set(ids);
  const inner = document.nodes.filter((node) => chosen.has(node.id));
  const outside = new Set(inner.flatMap((node) => node.inputs ?? []).filter((id) => id !== "" && !chosen.has(id)));
  const inputs = document.nodes
    .filter((node) => outside.has(node.id))
    .map((node) => ({
      id: node.id,
      op: "input",
      value: node.value ?? worth(node.id),
      ...(node.label ? { label: node.label } : {}),
    }));
  const groups = (document.groups ?? []).filter((group) => group.nodes.every((id) => chosen.has(id)));
  const part = { nodes: [...inputs, ...inner], output: "" };
  const ends = inner.filter((node) => usersOf(part, node.id).length === 0);
  const output = chosen.has(document.output) ? document.output : (ends.at(-1)?.id ?? "");
  return withGroups({ ...part, output }, groups);
}

/**
 * A graph with another one put beside it, under ids that are free.
 *
 * @param {GraphDocument} document
 * @param {GraphDocument} other
 * @returns {{document: GraphDocument, nodes: string[]}} the ids of what is new
 */
export function pasted(document, other) {
  return joined(document, other, () => null);
}

/**
 * A graph in which some nodes are there twice, the copies fed by what fed the first.
 *
 * @param {GraphDocument} document
 * @param {string[]} ids
 * @returns {{document: GraphDocument, nodes: string[]}} the ids of the copies
 */
export function duplicated(document, ids) {
  const chosen = new Set(ids);
  const nodes = document.nodes.filter((node) => chosen.has(node.id));
  const groups = (document.groups ?? []).filter((group) => group.nodes.every((id) => chosen.has(id)));
  return joined(document, { nodes, groups, output: "" }, (id) => id);
}

/** @param {GraphDocument} document @param {GraphDocument} other @param {(id: string) => string | null} outside */
function joined(document, other, outside) {
  const taken = idsOf(document);
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const { id } of other.nodes) {
    const free = freeId(taken, id);
    taken.push(free);
    names.set(id, free);
  }
  /** @param {string} id */
  const now = (id) => names.get(id) ?? outside(id) ?? "";
  const nodes = other.nodes.map((/** @type {DocumentNode} */ node) => ({
    ...node,
    id: now(node.id),
    ...(node.inputs ? { inputs: node.inputs.map(now) } : {}),
  }));
  const groupIds = (document.groups ?? []).map((group) => group.id);
  const groups = (other.groups ?? []).map((group) => {
    const id = freeId(groupIds, group.id);
    groupIds.push(id);
    return {
      ...group,
      id,
      nodes: group.nodes.map(now),
      ...(group.inputs ? { inputs: group.inputs.map(now) } : {}),
    };
  });
  const all = withGroups({ ...document, nodes: [...document.nodes, ...nodes] }, [
    ...(document.groups ?? []),
    ...groups,
  ]);
  return { document: { ...all, output: document.output || now(other.output) }, nodes: nodes.map((node) => node.id) };
}
