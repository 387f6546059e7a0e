/** @import {DocumentNode, GraphDocument} from "../types" */

/** @param {DocumentNode} node */
const sources = (node) => (node.inputs ?? []).filter((id) => id !== "");

/**
 * Whether a way leads along the edges from one node to another.
 *
 * @param {GraphDocument} document
 * @param {string} from
 * @param {string} to
 */
export function leadsTo(document, from, to) {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const seen = new Set([to]);
  const waiting = [to];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === from) return true;
    const node = nodes.get(id);
    for (const source of node ? sources(node) : []) {
      if (seen.has(source)) continue;
      seen.add(source);
      waiting.push(source);
    }
  }
  return false;
}

/** The nodes that use a node, each once. @param {GraphDocument} document @param {string} id */
export const usersOf = (document, id) => document.nodes.filter((node) => node.inputs?.includes(id));

/**
 * Where the way forward from a node ends, as long as it does not part.
 *
 * @param {GraphDocument} document
 * @param {string} id
 * @returns {string}
 */
export function endOf(document, id) {
  const seen = new Set();
  let end = id;
  while (!seen.has(end)) {
    seen.add(end);
    const users = usersOf(document, end);
    if (users.length !== 1) return end;
    end = users[0].id;
  }
  return end;
}

/**
 * The same graph, its nodes in the order in which a reader meets them going back from the output, slot by slot: the
 * order the layout keeps. What does not lead to the output comes last.
 *
 * @param {GraphDocument} document
 * @returns {GraphDocument}
 */
export function tidied(document) {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const seen = new Set();
  /** @type {DocumentNode[]} */
  const ordered = [];
  const ends = document.nodes.filter((node) => usersOf(document, node.id).length === 0).map((node) => node.id);
  for (const end of [document.output, ...ends, ...nodes.keys()]) {
    /** @type {{id: string, left: boolean}[]} */
    const waiting = [{ id: end, left: false }];
    for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
      const node = nodes.get(visit.id);
      if (!node) continue;
      if (visit.left) ordered.push(node);
      else if (!seen.has(visit.id)) {
        seen.add(visit.id);
        waiting.push({ id: visit.id, left: true });
        for (const id of sources(node).reverse()) waiting.push({ id, left: false });
      }
    }
  }
  return { ...document, nodes: ordered };
}
