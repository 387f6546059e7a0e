/** @import {GraphDocument} from "./types" */
import { afterPaint, whenIdle } from "./afterframe.js";
import { moved } from "./scrub.js";
import { revalued, structureOf } from "./structure.js";

/** As many steps ahead of a drag are asked for. */
const AHEAD = 3;
/** Answers about as many nodes are kept, for a hand that turns back. */
const KEPT = 4000;
/** Larger graphs take the server a while: they are asked about ahead only where the last two steps were alike. */
const SMALL = 60;

/**
 * Asks the server a few steps ahead while a number is being dragged, so that the answer is there when the hand is:
 * no more requests than moves, only earlier, and never in the way of the frame in hand. A large graph keeps the browser
 * too busy to wait for an idle moment. Every answer is the server's, for exactly that document.
 *
 * @param {(body: {graph: GraphDocument}) => Promise<any>} evaluate
 * @param {{soon?: (call: () => void) => void, later?: (call: () => void) => void}} [needs]
 * @returns {(body: {graph: GraphDocument}) => Promise<any>}
 */
export function createForesight(evaluate, { soon = afterPaint, later = whenIdle } = {}) {
  /** @type {GraphDocument | null} */
  let last = null;
  /** @type {string | null} */
  let node = null;
  /** The smallest change of this drag: its step. */
  let unit = Number.POSITIVE_INFINITY;
  /** The last change of this drag. */
  let step = 0;
  /** @type {Map<number, Promise<any>>} */
  const answers = new Map();

  return (body) => {
    const change = last && changeBetween(last, body.graph);
    last = body.graph;
    if (!change || change.node !== node) {
      answers.clear();
      unit = Number.POSITIVE_INFINITY;
      step = 0;
      node = change?.node ?? null;
    }
    if (!change) return evaluate(body);
    const dragging = unit < Number.POSITIVE_INFINITY;
    const before = step;
    step = change.to - change.from;
    unit = Math.min(unit, Math.abs(step));
    const answer = answers.get(change.to) ?? evaluate(body);
    keep(change.to, answer, body.graph);
    const even = alike(before, step);
    const small = body.graph.nodes.length <= SMALL;
    const ahead = even ? Math.abs(step) : unit;
    if (dragging && (even || small)) (small ? later : soon)(() => lookAhead(body.graph, change, ahead));
    return answer;
  };

  /** @param {GraphDocument} document @param {{node: string, from: number, to: number}} change @param {number} ahead */
  function lookAhead(document, { node: moving, from, to }, ahead) {
    if (last !== document) return;
    for (let k = 1; k <= AHEAD; k++) {
      const value = moved(to, k * Math.sign(to - from), ahead);
      if (!answers.has(value)) keep(value, evaluate({ graph: revalued(document, moving, value) }), document);
    }
  }

  /** @param {number} value @param {Promise<any>} answer @param {GraphDocument} document */
  function keep(value, answer, document) {
    answers.delete(value);
    answers.set(value, answer);
    answer.catch(() => answers.delete(value));
    const kept = Math.max(2 * AHEAD, KEPT / document.nodes.length);
    if (answers.size > kept) answers.delete([...answers.keys()][0]);
  }
}

/** Whether two steps are the same but for rounding. @param {number} one @param {number} other */
const alike = (one, other) => Math.abs(one - other) <= 1e-6 * Math.abs(other);

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
