/** @import {DocumentNode, GraphDocument} from "../types" */
/** @typedef {{target: string, slot: number}} End where a wire ends */
import { edgeKey, viewOf } from "../view.js";
import { ungrouped, withGroups } from "./group.js";
import { endOf, leadsTo, tidied, usersOf } from "./order.js";

/**
 * The slots of the document that a drawn slot stands for: a closed group's are those inside it.
 *
 * @param {GraphDocument} document
 * @param {string} target
 * @param {number} slot
 * @returns {End[]}
 */
export function endsOf(document, target, slot) {
  const edge = viewOf(document).edges.find((e) => e.target === target && e.slot === slot);
  if (!edge) return [{ target, slot }];
  const parts = new Set(edge.parts);
  return document.nodes.flatMap((node) =>
    (node.inputs ?? []).flatMap((source, place) =>
      parts.has(edgeKey(source, node.id, place)) ? [{ target: node.id, slot: place }] : [],
    ),
  );
}

/**
 * A graph with a node wired to some slots, in place of what was there. An untouched 1 that nobody uses any more goes;
 * where the way now leads on from the output, its end becomes the output.
 *
 * @param {GraphDocument} document
 * @param {string} source
 * @param {End[]} ends
 * @returns {GraphDocument}
 */
export function wired(document, source, ends) {
  const before = replacedBy(document, ends);
  let next = settled(document, source, ends);
  for (const id of before) if (id !== source && isSpare(next, id)) next = without(next, id);
  const target = ends[0].target;
  const circular = leadsTo(document, target, source);
  if (!circular && (source === next.output || !next.output)) next = { ...next, output: endOf(next, target) };
  return circular ? next : tidied(next);
}

/**
 * A graph with some slots left free.
 *
 * @param {GraphDocument} document
 * @param {End[]} ends
 * @returns {GraphDocument}
 */
export const unwired = (document, ends) => settled(document, "", ends);

/** @param {GraphDocument} document @param {End[]} ends */
function replacedBy(document, ends) {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return new Set(ends.map(({ target, slot }) => nodes.get(target)?.inputs?.[slot] ?? ""));
}

/** @param {GraphDocument} document @param {string} source @param {End[]} ends @returns {GraphDocument} */
function settled(document, source, ends) {
  const edited = new Set(ends.map(({ target }) => target));
  const nodes = document.nodes.map((node) => {
    const slots = ends.filter(({ target }) => target === node.id).map(({ slot }) => slot);
    if (slots.length === 0) return node;
    const inputs = [...(node.inputs ?? [])];
    for (const slot of slots) {
      while (inputs.length < slot) inputs.push("");
      inputs[slot] = source;
    }
    return { ...node, inputs };
  });
  const next = { ...document, nodes };
  const before = replacedBy(document, ends);
  // What enters a group from outside may change; what is wired inside it may not.
  const outer = (document.groups ?? []).filter((group) => isOuter(group.nodes, before, source));
  const kept = new Set(outer.flatMap((group) => group.nodes));
  const inside = [...edited].filter((id) => !kept.has(id));
  const groups = (next.groups ?? []).map((group) =>
    outer.includes(group) && group.nodes.some((id) => edited.has(id))
      ? { ...group, inputs: group.inputs?.map((id) => (before.has(id) ? source : id)) }
      : group,
  );
  return ungrouped(document.groups ? withGroups(next, groups) : next, inside);
}

/** @param {string[]} members @param {Set<string>} before @param {string} source */
const isOuter = (members, before, source) => source !== "" && ![...before, source].some((id) => members.includes(id));

/** Whether a node is a number that nobody named, changed or uses. @param {GraphDocument} document @param {string} id */
function isSpare(document, id) {
  const node = document.nodes.find((n) => n.id === id);
  if (!node || id === document.output || usersOf(document, id).length > 0) return false;
  return node.op === "constant" || (node.op === "input" && node.value === 1 && node.label === undefined);
}

/** @param {GraphDocument} document @param {string} id */
const without = (document, id) => ({
  ...document,
  nodes: document.nodes.filter((/** @type {DocumentNode} */ node) => node.id !== id),
});
