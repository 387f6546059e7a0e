/** @import {Evaluation, State, Step, View, ViewNode} from "./types" */
import { viewOf } from "./view.js";

/** By a view's edges, which all views of one structure share. @type {WeakMap<View["edges"], {order: string, steps: Step[]}>} */
const timelines = new WeakMap();

/**
 * The one timeline of a graph: each op forward, the gradient 1 at the output, then each op backward.
 * Step `k` of the state is `steps[k - 1]`; 0 is before the first, null is not walking: everything is shown.
 *
 * @param {Pick<State, "document" | "evaluation">} state
 * @returns {Step[]}
 */
export function stepsOf({ document, evaluation }) {
  if (!document || !evaluation) return [];
  const view = viewOf(document);
  const order = evaluation.order.join("\n");
  const known = timelines.get(view.edges);
  if (known?.order === order) return known.steps;
  const steps = walk(view, evaluation);
  timelines.set(view.edges, { order, steps });
  return steps;
}

/** @param {View} view @param {Evaluation} evaluation @returns {Step[]} */
function walk(view, evaluation) {
  const place = new Map(evaluation.order.map((id, i) => [id, i]));
  /** @param {ViewNode} node */
  const last = (node) => Math.max(...node.members.map((id) => place.get(id) ?? -1));
  const ops = view.nodes
    .filter((node) => (node.kind === "op" || node.kind === "group") && last(node) >= 0)
    .sort((a, b) => last(a) - last(b))
    .map((node) => node.id);
  const leading = leadingTo(view);
  const back = ops.filter((id) => leading.has(id)).reverse();
  return [
    ...ops.map((node) => /** @type {Step} */ ({ pass: "forward", node })),
    { pass: "seed", node: view.output },
    ...back.map((node) => /** @type {Step} */ ({ pass: "backward", node })),
  ];
}

/** The drawn nodes from which the output can be reached. @param {View} view */
function leadingTo(view) {
  /** @type {Map<string, string[]>} */
  const sources = new Map();
  for (const { source, target } of view.edges) sources.set(target, [...(sources.get(target) ?? []), source]);
  const leading = new Set([view.output]);
  const waiting = [view.output];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const source of sources.get(id) ?? []) {
      if (leading.has(source)) continue;
      leading.add(source);
      waiting.push(source);
    }
  }
  return leading;
}

/**
 * What has been reached at the current step: nodes whose value is there, nodes that have handed their gradient back.
 *
 * @param {State} state
 * @returns {{all: boolean, forward: Set<string>, backward: Set<string>, seeded: boolean, current: Step | null}}
 */
export function reached(state) {
  const steps = stepsOf(state);
  if (state.step === null) return { all: true, forward: new Set(), backward: new Set(), seeded: true, current: null };
  const done = steps.slice(0, state.step);
  return {
    all: false,
    forward: new Set(done.filter((step) => step.pass === "forward").map((step) => step.node)),
    backward: new Set(done.filter((step) => step.pass === "backward").map((step) => step.node)),
    seeded: done.some((step) => step.pass === "seed"),
    current: done.at(-1) ?? null,
  };
}
