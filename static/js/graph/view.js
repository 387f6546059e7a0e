/** @import {DocumentNode, Evaluation, EdgeNumbers, GraphDocument, Group, Value, View, ViewEdge, ViewNode} from "./types" */
import { sum } from "./array.js";
import { structureOf } from "./structure.js";

/** The key of an edge: what `data-edge` says. @param {string} source @param {string} target @param {number} slot */
export const edgeKey = (source, target, slot) => `${source}:${target}:${slot}`;

/** @type {WeakMap<GraphDocument, View>} */
const views = new WeakMap();
/** A view of each structure. @type {WeakMap<object, View>} */
const shapes = new WeakMap();

/**
 * What is drawn of a document: its nodes and edges, closed groups folded into one node each.
 *
 * @param {GraphDocument} document
 * @returns {View}
 */
export function viewOf(document) {
  const known = views.get(document);
  if (known) return known;
  const structure = structureOf(document);
  const like = shapes.get(structure);
  const view = like ? refreshed(like, document) : fold(document);
  views.set(document, view);
  shapes.set(structure, view);
  return view;
}

/** The view of another document of the same structure: only its nodes' values differ. @param {View} view @param {GraphDocument} document @returns {View} */
function refreshed(view, document) {
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  return {
    ...view,
    nodes: view.nodes.map((node) => (node.node ? { ...node, node: byId.get(node.id) ?? null } : node)),
  };
}

/** @param {GraphDocument} document @returns {View} */
function fold(document) {
  const groups = document.groups ?? [];
  const parents = parentsOf(groups);
  const folded = foldedGroups(groups, parents);
  /** @type {Map<string, string>} */
  const homes = new Map();
  for (const group of bySize(groups)) for (const id of group.nodes) if (!homes.has(id)) homes.set(id, group.id);
  /** The closed group a node is folded into. @type {Map<string, Group>} */
  const closed = new Map();
  for (const group of folded) for (const id of group.nodes) closed.set(id, group);
  const faces = new Map(folded.map((group) => [group.id, faceOf(group, document)]));
  /** @param {string} id */
  const drawn = (id) => {
    const group = closed.get(id);
    return group ? /** @type {string} */ (faces.get(group.id)) : id;
  };

  /** @type {Map<string, ViewNode>} */
  const nodes = new Map();
  for (const node of document.nodes) {
    const group = closed.get(node.id);
    const id = drawn(node.id);
    if (nodes.has(id)) {
      // A group stands where its last member stood, so that it comes after everything it uses.
      const face = /** @type {ViewNode} */ (nodes.get(id));
      nodes.delete(id);
      nodes.set(id, face);
    } else if (group) nodes.set(id, groupNode(id, group, parents.get(group.id) ?? null, document));
    else nodes.set(id, plainNode(node, homes.get(node.id) ?? null));
  }
  return {
    nodes: [...nodes.values()],
    edges: foldEdges(document, closed, drawn),
    groups: groups
      .filter((group) => !group.nodes.every((id) => closed.has(id) && closed.get(id) === closed.get(group.nodes[0])))
      .map((group) => ({
        id: group.id,
        op: group.op,
        label: group.label ?? null,
        parent: parents.get(group.id) ?? null,
      })),
    output: drawn(document.output),
  };
}

/** @param {GraphDocument} document @param {Map<string, Group>} closed @param {(id: string) => string} drawn */
function foldEdges(document, closed, drawn) {
  /** @type {Map<string, ViewEdge>} */
  const edges = new Map();
  /** @type {Map<string, string[]>} */
  const entries = new Map();
  const known = new Set(document.nodes.map((node) => node.id));
  for (const node of document.nodes) {
    (node.inputs ?? []).forEach((source, slot) => {
      if (!known.has(source)) return;
      const group = closed.get(node.id);
      if (group && closed.get(source) === group) return;
      const target = drawn(node.id);
      const outer = group ? groupSlot(group, group.inputs ? source : drawn(source), entries) : slot;
      const key = edgeKey(drawn(source), target, outer);
      const folded = group !== undefined;
      const edge = edges.get(key) ?? { key, source: drawn(source), target, slot: outer, parts: [], folded };
      edge.parts.push(edgeKey(source, node.id, slot));
      edges.set(key, edge);
    });
  }
  return [...edges.values()];
}

/** The slot by which a source enters a closed group. @param {Group} group @param {string} source @param {Map<string, string[]>} entries */
function groupSlot(group, source, entries) {
  const declared = group.inputs?.indexOf(source) ?? -1;
  if (declared >= 0) return declared;
  const seen = entries.get(group.id) ?? [...(group.inputs ?? [])];
  if (!seen.includes(source)) seen.push(source);
  entries.set(group.id, seen);
  return seen.indexOf(source);
}

/** @param {Group[]} groups */
const bySize = (groups) => [...groups].sort((a, b) => a.nodes.length - b.nodes.length);

/** The group around each group: the smallest that holds all its nodes. @param {Group[]} groups */
function parentsOf(groups) {
  const sorted = bySize(groups);
  /** @type {Map<string, string>} */
  const parents = new Map();
  sorted.forEach((group, i) => {
    const around = sorted.slice(i + 1).find((outer) => {
      const members = new Set(outer.nodes);
      return group.nodes.every((id) => members.has(id));
    });
    if (around) parents.set(group.id, around.id);
  });
  return parents;
}

/** The closed groups that stand in no other closed group. @param {Group[]} groups @param {Map<string, string>} parents */
function foldedGroups(groups, parents) {
  const byId = new Map(groups.map((group) => [group.id, group]));
  return groups.filter((group) => {
    if (!group.collapsed || group.nodes.length === 0) return false;
    for (let id = parents.get(group.id); id !== undefined; id = parents.get(id)) {
      if (byId.get(id)?.collapsed) return false;
    }
    return true;
  });
}

/** The id a closed group is drawn under: the one node whose value leaves it, else its own. @param {Group} group @param {GraphDocument} document */
function faceOf(group, document) {
  const members = new Set(group.nodes);
  const leaving = new Set(members.has(document.output) ? [document.output] : []);
  for (const node of document.nodes) {
    if (!members.has(node.id)) for (const source of node.inputs ?? []) if (members.has(source)) leaving.add(source);
  }
  return leaving.size === 1 ? [...leaving][0] : group.id;
}

/** @param {string} id @param {Group} group @param {string | null} parent @param {GraphDocument} document @returns {ViewNode} */
function groupNode(id, group, parent, document) {
  const label = group.label ?? document.nodes.find((node) => node.id === id)?.label ?? null;
  return { id, op: group.op, kind: "group", label, node: null, group, parent, members: group.nodes };
}

/** @param {DocumentNode} node @param {string | null} parent @returns {ViewNode} */
function plainNode(node, parent) {
  const kind = node.op === "input" || node.op === "constant" ? node.op : "op";
  return { id: node.id, op: node.op, kind, label: node.label ?? null, node, group: null, parent, members: [node.id] };
}

/** @type {WeakMap<Evaluation, Map<string, EdgeNumbers>>} */
const indexes = new WeakMap();

/**
 * What one drawn edge carries; a folded edge carries the sum of the gradients it stands for.
 *
 * @param {Evaluation | null} evaluation
 * @param {ViewEdge} edge
 * @returns {{value: Value, local: Value | null, gradient: Value | null} | null}
 */
export function edgeNumbers(evaluation, edge) {
  if (!evaluation) return null;
  let index = indexes.get(evaluation);
  if (!index) {
    index = new Map(evaluation.edges.map((e) => [edgeKey(e.source, e.target, e.slot), e]));
    indexes.set(evaluation, index);
  }
  const parts = edge.parts.map((key) => index.get(key)).filter((part) => part !== undefined);
  if (parts.length === 0) return null;
  // What stands inside a closed group has a local derivative of its own, which is not the group's.
  if (parts.length === 1) return edge.folded ? { ...parts[0], local: null } : parts[0];
  // Several values in one line, between two stretches of a large graph: no one number tells them.
  if (parts.some((part) => part.source !== parts[0].source)) return null;
  const gradient = parts.map((part) => part.gradient).reduce((a, b) => /** @type {any} */ (sum(a, b)));
  return { value: parts[0].value, local: null, gradient };
}
