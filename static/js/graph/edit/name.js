/** @import {GraphDocument} from "../types" */

/** Names that mean something else in a formula. */
const RESERVED = new Set(
  "and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not np numpy or pass print raise return True try while with yield".split(
    " ",
  ),
);

/**
 * The id that a name gives a node: what a formula may call it. Empty where nothing of the name can be used.
 *
 * @param {string} text
 * @returns {string}
 */
export function idFrom(text) {
  const id = text
    .trim()
    .replace(/[^\p{L}\p{N}_]+/gu, "_")
    .replace(/^_+|_+$/g, "")
    .replace(/^(\p{N})/u, "_$1");
  return RESERVED.has(id) ? `${id}_` : id;
}

/**
 * An id that no node has yet: the one wanted, or with the next free number.
 *
 * @param {Iterable<string>} taken
 * @param {string} wanted
 * @returns {string}
 */
export function freeId(taken, wanted) {
  const ids = new Set(taken);
  if (!ids.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "");
  let count = 2;
  while (ids.has(`${stem}_${count}`)) count++;
  return `${stem}_${count}`;
}

/** @param {GraphDocument} document */
export const idsOf = (document) => document.nodes.map((node) => node.id);
