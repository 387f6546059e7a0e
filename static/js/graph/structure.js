/** @import {GraphDocument, Value} from "./types" */
import { shapeOf } from "./array.js";

/** @type {WeakMap<GraphDocument, object>} */
const structures = new WeakMap();

/**
 * What a document shares with all that differ from it in values alone: a key for what depends on the topology.
 *
 * @param {GraphDocument} document
 * @returns {object}
 */
export function structureOf(document) {
  const known = structures.get(document);
  if (known) return known;
  const made = {};
  structures.set(document, made);
  return made;
}

/**
 * The document with another value at a node, of the same structure.
 *
 * @param {GraphDocument} document
 * @param {string} id
 * @param {Value} value
 * @returns {GraphDocument}
 */
export function revalued(document, id, value) {
  const next = { ...document, nodes: document.nodes.map((node) => (node.id === id ? { ...node, value } : node)) };
  structures.set(next, structureOf(document));
  return next;
}

/**
 * The shapes of the arrays among the inputs: with the structure they settle every other shape.
 *
 * @param {GraphDocument} document
 * @returns {string}
 */
export function leafShapes({ nodes }) {
  return nodes
    .filter(({ value }) => typeof value === "object")
    .map(({ id, value }) => `${id}:${shapeOf(value)}`)
    .join(" ");
}
