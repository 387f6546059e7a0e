/** @import {GraphDocument} from "./types" */
import { whenIdle } from "./afterframe.js";
import { moved } from "./scrub.js";
import { revalued, structureOf } from "./structure.js";

/** As many steps ahead of a drag are asked for. */
const AHEAD = 3;
/** As many answers are kept, for a hand that turns back. */
const KEPT = 64;
/** Larger graphs are not worth asking ahead. */
const SMALL = 60;

/**
 * Asks the server a few steps ahead while a number is being dragged, so that the answer is there when the hand is:
 * no more requests than moves, only earlier, and never in the way of the frame in hand. Every answer is the server's, for exactly that document.
 *
 * @param {(body: {graph: GraphDocument}) => Promise<any>} evaluate
 * @param {{later?: (call: () => void) => void}} [needs]
 * @returns {(body: {graph: GraphDocument}) => Promise<any>}
 */
export function createForesight(evaluate, { later = whenIdle } = {}) {
  /** @type {GraphDocument | null} */
  let last = null;
  /** @type {string | null} */
  let node = null;
  /** The smallest change of this drag: its step. */
  let unit = Number.POSITIVE_INFINITY;
  /** @type {Map<number, Promise<any>>} */
  const answers = new Map();

  return (body) => {
    const change = last && changeBetween(last, body.graph);
    last = body.graph;
    if (!change || change.node !== node) {
      answers.clear();
      unit = Number.POSITIVE_INFINITY;
      node = change?.node ?? null;
    }
    if (!change || body.graph.nodes.length > SMALL) return evaluate(body);
    const dragging = unit < Number.POSITIVE_INFINITY;
    unit = Math.min(unit, Math.abs(change.to - change.from));
    const answer = answers.get(change.to) ?? evaluate(body);
    keep(change.to, answer);
    if (dragging) later(() => lookAhead(body.graph, change));
    return answer;
  };

  /** @param {GraphDocument} document @param {{node: string, from: number, to: number}} change */
  function lookAhead(document, { node: moving, from, to }) {
    if (last !== document) return;
    for (let k = 1; k <= AHEAD; k++) {
      const value = moved(to, k * Math.sign(to - from), unit);
      if (!answers.has(value)) keep(value, evaluate({ graph: revalued(document, moving, value) }));
    }
  }

  /** @param {number} value @param {Promise<any>} answer */
  function keep(value, answer) {
    answers.delete(value);
    answers.set(value, answer);
    answer.catch(() => answers.delete(value));
    if (answers.size > KEPT) answers.delete([...answers.keys()][0]);
  }
}

/**
 * The one number in which two documents of one structure differ, or null.
 *
 * @param {GraphDocument} before
 * @param {GraphDocument} after
 * @returns {{node: string, from: number, to: number} | null}
 */
function changeBetween(before, after) {
  if (before === after || structureOf(before) !== structureOf(after)) return null;
  const changed = after.nodes.filter((node, i) => node !== before.nodes[i]);
  if (changed.length !== 1) return null;
  const from = before.nodes.find((node) => node.id === changed[0].id)?.value;
  const to = changed[0].value;
  return typeof from === "number" && typeof to === "number" && from !== to ? { node: changed[0].id, from, to } : null;
}
