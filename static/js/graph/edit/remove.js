/** @import {GraphDocument} from "../types" */
import { emptyDocument } from "./add.js";
import { ungrouped } from "./group.js";
import { usersOf } from "./order.js";

/**
 * A graph without some of its nodes. The slots they were wired to are left free; where the output goes, the last node
 * of what is left that nobody uses becomes the output.
 *
 * @param {GraphDocument} document
 * @param {string[]} ids
 * @returns {GraphDocument}
 */
export function removed(document, ids) {
  const gone = new Set(ids);
  const nodes = document.nodes
    .filter((node) => !gone.has(node.id))
    .map((node) =>
      node.inputs?.some((id) => gone.has(id))
        ? { ...node, inputs: node.inputs.map((id) => (gone.has(id) ? "" : id)) }
        : node,
    );
  if (nodes.length === 0) return emptyDocument();
  const touched = document.nodes.filter((node) => node.inputs?.some((id) => gone.has(id))).map((node) => node.id);
  const rest = ungrouped({ ...document, nodes }, [...gone, ...touched]);
  if (!gone.has(document.output)) return rest;
  return { ...rest, output: nextOutput(document, rest) };
}

/** @param {GraphDocument} before @param {GraphDocument} rest */
function nextOutput(before, rest) {
  const there = new Set(rest.nodes.map((node) => node.id));
  const nodes = new Map(before.nodes.map((node) => [node.id, node]));
  // The nearest node before the old output, by its first wire.
  for (let id = before.output, seen = new Set(); !seen.has(id); ) {
    seen.add(id);
    if (there.has(id)) return id;
    id = nodes.get(id)?.inputs?.[0] ?? id;
  }
  const ends = rest.nodes.filter((node) => usersOf(rest, node.id).length === 0);
  return (ends.at(-1) ?? rest.nodes[rest.nodes.length - 1]).id;
}
