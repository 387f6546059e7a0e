/** @import {DocumentNode, Evaluation, NodeNumbers, State, View, ViewEdge, ViewNode} from "./types" */
/** @import {Figure} from "./figure.js" */
/** @typedef {(text: string, params?: Record<string, unknown>) => string} Translate */
import { inLanguage, number } from "../format.js";
import { refusalOf } from "../refusal.js";
import { gradeOf } from "./check/grade.js";
import { figure } from "./figure.js";
import { inlineConstants, innerOf } from "./inline.js";
import { reached } from "./timeline.js";
import { edgeNumbers, viewOf } from "./view.js";

/**
 * @typedef {object} SceneNode
 * @property {string} id
 * @property {ViewNode["kind"]} kind
 * @property {string} op
 * @property {string} symbol
 * @property {string} name the label, or the id where there is none
 * @property {string[]} names the label in every language, for measuring
 * @property {Figure | null} figure the value of a leaf
 * @property {Figure | null} gradient
 * @property {() => string} accessible its name for a screen reader
 * @property {string | null} parent
 * @property {string[]} members the document's nodes it stands for
 * @property {number} slots
 * @property {boolean} chosen
 * @property {boolean} current
 * @property {boolean} pending
 * @property {string | null} fault
 * @property {ReturnType<typeof gradeOf>} checked how its gradient stood the check
 * @property {boolean} opens
 * @property {string | null} inside the op in whose circle a constant is written
 * @property {import("./inline.js").Inner | null} inner the constant in a circle, at the op and at the constant itself
 *
 * @typedef {object} SceneEdge
 * @property {string} key
 * @property {string} source
 * @property {string} target
 * @property {number} slot
 * @property {Figure | null} value
 * @property {Figure | null} gradient
 * @property {boolean} valueShown
 * @property {boolean} gradientShown
 * @property {() => string} accessible its name for a screen reader
 * @property {boolean} chosen
 * @property {boolean} current
 *
 * @typedef {object} Scene
 * @property {SceneNode[]} nodes
 * @property {SceneEdge[]} edges
 * @property {{id: string, name: string, closing: string, parent: string | null}[]} groups
 * @property {{source: string, name: string, names: string[], figure: Figure | null, gradient: Figure | null, valueShown: boolean, gradientShown: boolean}} output
 * @property {import("./types").Step | null} current
 */

/**
 * What the drawing shows of a state: every text, and what is reached, chosen or wrong. No places: those are the layout's.
 *
 * @param {State} state
 * @param {Translate} t
 * @returns {Scene | null}
 */
export function sceneOf(state, t) {
  if (!state.document) return null;
  const view = viewOf(state.document);
  const walked = reached(state);
  const slots = slotCounts(view);
  const kinds = new Map(view.nodes.map((node) => [node.id, node.kind]));
  /** @param {string} id */
  const valueThere = (id) =>
    walked.all || walked.forward.has(id) || ["input", "constant"].includes(kinds.get(id) ?? "");
  /** @param {string} id */
  const gradientThere = (id) => walked.all || walked.backward.has(id);

  /** Slots that nothing is wired to count too. @param {ViewNode} node */
  const slotsOf = (node) => Math.max(slots.get(node.id) ?? 0, node.node?.inputs?.length ?? 0);

  const nodes = view.nodes.map((node) => sceneNode(node, state, slotsOf(node), walked, t));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const titles = new Map(nodes.map((node) => [node.id, node.kind === "op" ? node.symbol : node.name]));
  for (const [id, { target, slot }] of inlineConstants(view)) {
    const constant = /** @type {SceneNode} */ (byId.get(id));
    const op = /** @type {SceneNode} */ (byId.get(target));
    constant.inside = target;
    constant.inner = innerOf(op.op, slot, constant.figure?.short ?? "");
    op.inner = constant.inner;
    if (op.inner.raised) op.symbol = "x";
  }
  const edges = view.edges.map((edge) =>
    sceneEdge(edge, state, titles, t, valueThere(edge.source), gradientThere(edge.target), walked.current?.node),
  );
  const end = state.evaluation?.nodes[outputOf(state.document.output, state.evaluation)];
  const outputLabel =
    state.document.nodes.find((node) => node.id === state.document?.output)?.label ?? state.document.output;
  return {
    nodes,
    edges,
    groups: view.groups.map(({ id, op, label, parent }) => {
      const name = inLanguage(label, state.language) || op.replaceAll("_", " ");
      return { id, parent, name, closing: t("Close {name}", { name }) };
    }),
    output: {
      source: view.output,
      name: inLanguage(outputLabel, state.language),
      names: allLanguages(outputLabel),
      figure: figure(end?.value),
      gradient: figure(end?.gradient),
      valueShown: valueThere(view.output),
      gradientShown: walked.seeded,
    },
    current: walked.current,
  };
}

/** @param {string} id @param {Evaluation} evaluation */
const outputOf = (id, evaluation) => (id in evaluation.nodes ? id : evaluation.output);

/** @param {ViewNode} node @param {State} state @param {number} slots @param {ReturnType<typeof reached>} walked @param {Translate} t @returns {SceneNode} */
function sceneNode(node, state, slots, walked, t) {
  const numbers = state.evaluation?.nodes[node.id];
  const op = state.ops[node.op];
  const own = figure(leafValue(node.node) ?? numbers?.value);
  const checked = gradeOf(state.check?.result, node.id);
  const leaf = node.kind === "input" || node.kind === "constant";
  const name = inLanguage(node.label, state.language) || node.id;
  const symbol = op?.symbol ?? (node.kind === "group" ? name : node.op.replaceAll("_", " "));
  return {
    id: node.id,
    kind: node.kind,
    op: node.op,
    symbol,
    name,
    names: allLanguages(node.label ?? node.id),
    figure: leaf ? own : null,
    gradient: figure(numbers?.gradient),
    accessible: () => accessible(node, name, symbol, numbers, own, t) + mark(checked, t),
    parent: node.parent,
    members: node.members,
    slots,
    chosen: state.shown.node === node.id || state.selection.includes(node.id),
    current: walked.current?.node === node.id,
    pending: !walked.all && !leaf && !walked.forward.has(node.id),
    fault:
      state.problem?.node !== undefined && node.members.includes(state.problem.node) ? refusalOf(state.problem) : null,
    checked,
    opens: node.kind === "group" || Boolean(op?.expandable),
    inside: null,
    inner: null,
  };
}

/** @param {ViewNode} node @param {string} name @param {string} symbol @param {NodeNumbers | undefined} numbers @param {Figure | null} own @param {Translate} t */
function accessible(node, name, symbol, numbers, own, t) {
  const gradient = figure(numbers?.gradient)?.text ?? "?";
  const value = own?.text ?? "?";
  if (node.kind === "input") return t("input {name}: value {value}, gradient {gradient}", { name, value, gradient });
  if (node.kind === "constant") return t("constant: value {value}, gradient {gradient}", { value, gradient });
  const op = symbol === node.op ? node.op : `${node.op} ${symbol}`;
  const called = symbol === name ? name : node.label ? t("{name}, {op}", { name, op }) : op;
  return t("{op}: value {value}, gradient {gradient}", { op: called, value, gradient });
}

/** What the gradient check adds to a name. @param {ReturnType<typeof gradeOf>} checked @param {Translate} t */
function mark(checked, t) {
  if (!checked) return "";
  if (checked.grade === "kink") return t(", left out of the gradient check");
  return t(", relative error {error}", { error: number(checked.error, 2) });
}

/** @param {ViewEdge} edge @param {State} state @param {Map<string, string>} titles @param {Translate} t @param {boolean} valueShown @param {boolean} gradientShown @param {string | undefined} current @returns {SceneEdge} */
function sceneEdge(edge, state, titles, t, valueShown, gradientShown, current) {
  const numbers = edgeNumbers(state.evaluation, edge);
  const value = figure(numbers?.value);
  const gradient = figure(numbers?.gradient);
  return {
    key: edge.key,
    source: edge.source,
    target: edge.target,
    slot: edge.slot,
    value,
    gradient,
    valueShown,
    gradientShown,
    accessible: () =>
      t("edge from {source} to {target}: value {value}, gradient {gradient}", {
        source: titles.get(edge.source),
        target: titles.get(edge.target),
        value: value?.text ?? "?",
        gradient: gradient?.text ?? "?",
      }),
    chosen: state.shown.edge === edge.key,
    current: current === edge.target,
  };
}

/** @param {DocumentNode | null} node */
const leafValue = (node) => (node?.op === "input" || node?.op === "constant" ? node.value : undefined);

/** @param {import("./types").Text} text */
const allLanguages = (text) => (typeof text === "string" ? [text] : Object.values(text));

/** @param {View} view */
function slotCounts(view) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { target, slot } of view.edges) counts.set(target, Math.max(counts.get(target) ?? 0, slot + 1));
  return counts;
}
