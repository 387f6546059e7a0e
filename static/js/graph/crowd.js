/** @import {GraphDocument, Group} from "./types" */
import { viewOf } from "./view.js";

/** As many nodes are drawn one by one. */
export const MOST = 1000;
/** Into about so many closed groups a larger graph is folded. */
const PARTS = 60;
/** The op of such a group: it is no composite, only a stretch of the graph. */
export const PART = "part";

/**
 * A document that can be drawn: where it has more nodes than that, its composites are closed, and if that does not
 * help, stretches of it are folded into closed groups, each of which can be opened in place.
 *
 * @param {GraphDocument} document
 * @returns {GraphDocument}
 */
export function drawable(document) {
  if (viewOf(document).nodes.length <= MOST) return document;
  const groups = (document.groups ?? []).map((group) => ({ ...group, collapsed: true }));
  const closed = { ...document, groups };
  if (viewOf(closed).nodes.length <= MOST) return closed;
  return { ...document, groups: [...groups, ...parts(document, groups)] };
}

/**
 * Stretches of the topological order: nothing outside lies between two nodes of one, so that folding makes no cycle.
 *
 * @param {GraphDocument} document
 * @param {Group[]} groups those that are there already: their nodes stay in them
 * @returns {Group[]}
 */
function parts(document, groups) {
  const taken = new Set(groups.flatMap((group) => group.nodes));
  const order = topological(document).filter((id) => !taken.has(id));
  const size = Math.ceil(order.length / PARTS);
  return Array.from({ length: Math.ceil(order.length / size) }, (_, i) => {
    const nodes = order.slice(i * size, (i + 1) * size);
    const range = `${i * size + 1}–${i * size + nodes.length}`;
    const label = { en: `nodes ${range}`, zh: `节点 ${range}`, ja: `ノード ${range}` };
    return { id: `${PART} ${i + 1}`, op: PART, label, nodes, collapsed: true };
  });
}

/** @param {GraphDocument} document @returns {string[]} */
function topological({ nodes }) {
  /** @type {Map<string, string[]>} */
  const users = new Map(nodes.map((node) => [node.id, []]));
  const waiting = new Map(nodes.map((node) => [node.id, node.inputs?.length ?? 0]));
  for (const node of nodes) for (const source of node.inputs ?? []) users.get(source)?.push(node.id);
  const ready = nodes.filter((node) => !node.inputs?.length).map((node) => node.id);
  for (const id of ready) {
    for (const user of users.get(id) ?? []) {
      const left = (waiting.get(user) ?? 0) - 1;
      waiting.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  return ready;
}
