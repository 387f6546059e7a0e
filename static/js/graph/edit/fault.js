/** @import {Evaluation, GraphDocument, Op, Value} from "../types" */
/** @typedef {{kind: "missing", node: string, slot: number} | {kind: "circle", node: string, through: string[]}} Fault */
import { structureOf } from "../structure.js";
import { freeId, idsOf } from "./name.js";

/**
 * The slots of a graph that nothing is wired to.
 *
 * @param {GraphDocument} document
 * @param {Record<string, Op>} ops
 * @returns {{node: string, slot: number}[]}
 */
export function holesOf(document, ops) {
  const ids = new Set(idsOf(document));
  return document.nodes.flatMap((node) => {
    if (node.op === "input" || node.op === "constant") return [];
    const op = ops[node.op];
    const wanted = op && !op.variadic ? op.slots.length : 1;
    const count = Math.max(wanted, node.inputs?.length ?? 0);
    return Array.from({ length: count }, (_, slot) => ({ node: node.id, slot })).filter(
      ({ slot }) => !ids.has(node.inputs?.[slot] ?? ""),
    );
  });
}

/**
 * What keeps a graph from being computed at all, or null: a slot that nothing is wired to, or nodes that wait for each
 * other in a circle.
 *
 * @param {GraphDocument} document
 * @param {Record<string, Op>} ops
 * @returns {Fault | null}
 */
export function faultOf(document, ops) {
  const structure = structureOf(document);
  const known = faults.get(structure);
  if (known?.ops === ops) return known.fault;
  const fault = search(document, ops);
  faults.set(structure, { ops, fault });
  return fault;
}

/** @type {WeakMap<object, {ops: Record<string, Op>, fault: Fault | null}>} */
const faults = new WeakMap();

/** @param {GraphDocument} document @param {Record<string, Op>} ops @returns {Fault | null} */
function search(document, ops) {
  const hole = holesOf(document, ops)[0];
  if (hole) return { kind: "missing", ...hole };
  const circle = circleOf(document);
  return circle && { kind: "circle", node: circle[0], through: circle };
}

/** The nodes of a circle, or null. @param {GraphDocument} document @returns {string[] | null} */
function circleOf(document) {
  const waits = new Map(document.nodes.map((node) => [node.id, new Set(node.inputs ?? [])]));
  /** @type {Map<string, string[]>} */
  const users = new Map();
  for (const [id, sources] of waits)
    for (const source of sources) users.set(source, [...(users.get(source) ?? []), id]);
  const ready = [...waits].filter(([, sources]) => sources.size === 0).map(([id]) => id);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    waits.delete(id);
    for (const user of users.get(id) ?? []) {
      const left = waits.get(user);
      left?.delete(id);
      if (left?.size === 0) ready.push(user);
    }
  }
  let id = waits.keys().next().value;
  if (id === undefined) return null;
  /** @type {string[]} */
  const path = [];
  while (!path.includes(id)) {
    path.push(id);
    id = /** @type {string} */ ([...(waits.get(id) ?? [])].find((source) => waits.has(source)));
  }
  return path.slice(path.indexOf(id));
}

/**
 * A graph whose free slots have inputs: with the value that last came in there, or 1.
 *
 * @param {GraphDocument} document
 * @param {Record<string, Op>} ops
 * @param {Evaluation | null} evaluation
 * @returns {GraphDocument}
 */
export function mended(document, ops, evaluation) {
  const taken = idsOf(document);
  const nodes = [...document.nodes];
  for (const { node, slot } of holesOf(document, ops)) {
    const place = nodes.findIndex((n) => n.id === node);
    const edge = evaluation?.edges.find((e) => e.target === node && e.slot === slot);
    const value = /** @type {Value} */ (edge?.value ?? 1);
    const id = freeId(taken, edge?.source ?? ops[nodes[place].op]?.slots[slot] ?? "x");
    taken.push(id);
    const inputs = [...(nodes[place].inputs ?? [])];
    inputs[slot] = id;
    nodes[place] = { ...nodes[place], inputs };
    nodes.splice(place, 0, { id, op: "input", value });
  }
  return { ...document, nodes };
}
