/** @import {GraphDocument, Value} from "./types" */
import { shapeOf } from "./array.js";

/** @type {WeakMap<GraphDocument, object>} */
const structures = new WeakMap();
/** The first document of each structure. @type {WeakMap<object, GraphDocument>} */
const firsts = new WeakMap();

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
  firsts.set(made, document);
  return made;
}

/**
 * What to ask the server about a document: the first one of its structure, which the server has read before, and the
 * inputs that are other ones by now.
 *
 * @param {GraphDocument} document
 * @returns {{graph: GraphDocument, inputs?: Record<string, Value>}}
 */
export function question(document) {
  const graph = firsts.get(structureOf(document)) ?? document;
  const changed = document.nodes.filter((node, i) => node !== graph.nodes[i]);
  if (changed.length === 0 || changed.some(({ op }) => op !== "input")) return { graph: document };
  return { graph, inputs: Object.fromEntries(changed.map(({ id, value }) => [id, /** @type {Value} */ (value)])) };
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
