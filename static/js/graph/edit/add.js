/** @import {DocumentNode, GraphDocument, Op, Value} from "../types" */
import { freeId, idFrom, idsOf } from "./name.js";
import { startAttrs, startValue } from "./start.js";

/** What an empty page holds. @returns {GraphDocument} */
export const emptyDocument = () => ({ nodes: [], output: "" });

/**
 * A graph with one more op. Its first slot takes `source`, every other one a new input of its own, so that it works
 * at once; where it goes on from the output, it becomes the output.
 *
 * @param {GraphDocument} document
 * @param {Op} op
 * @param {string | null} source
 * @param {number[] | null} [shape] of the source's value
 * @returns {{document: GraphDocument, node: string}}
 */
export function added(document, op, source, shape = null) {
  const taken = idsOf(document);
  const id = freeId(taken, idFrom(op.name));
  taken.push(id);
  /** @type {DocumentNode[]} */
  const fresh = [];
  const inputs = slotsOf(op).map((name, slot) => {
    if (slot === 0 && source !== null) return source;
    const input = freeId(taken, name);
    taken.push(input);
    fresh.push({ id: input, op: "input", value: startValue(op, slot, source === null ? null : shape) });
    return input;
  });
  const attrs = startAttrs(op);
  const node = { id, op: op.name, inputs, ...(attrs ? { attrs } : {}) };
  const output = source === document.output || document.output === "" ? id : document.output;
  return { document: { ...document, nodes: [...document.nodes, ...fresh, node], output }, node: id };
}

/** @param {Op} op */
const slotsOf = (op) => (op.variadic ? [op.slots[0], "y"] : op.slots);

/**
 * A graph with one more number: an input with a name, or a constant.
 *
 * @param {GraphDocument} document
 * @param {"input" | "constant"} op
 * @param {string} name
 * @param {Value} [value]
 * @returns {{document: GraphDocument, node: string}}
 */
export function addedLeaf(document, op, name, value = 1) {
  const id = freeId(idsOf(document), idFrom(name) || "x");
  const nodes = [...document.nodes, { id, op, value }];
  return { document: { ...document, nodes, output: document.output || id }, node: id };
}
