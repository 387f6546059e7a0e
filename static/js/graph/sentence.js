/** @import {State, Step, Value, ViewEdge, ViewNode} from "./types" */
/** @typedef {(text: string, params?: Record<string, unknown>) => string} Translate */
/** @typedef {{kind: "text" | "value" | "gradient" | "op", text: string}} Part one stretch of a sentence, with what it means */
import { inLanguage } from "../format.js";
import { figure } from "./figure.js";
import { stepsOf } from "./timeline.js";
import { edgeNumbers, viewOf } from "./view.js";

/** @param {string} text @returns {Part} */
const op = (text) => ({ kind: "op", text });
/** @param {Value | null | undefined} value @returns {Part} */
const value = (value) => ({ kind: "value", text: figure(value)?.text ?? "?" });
/** @param {Value | null | undefined} gradient @returns {Part} */
const gradient = (gradient) => ({ kind: "gradient", text: figure(gradient)?.text ?? "?" });

/**
 * The current step in one plain sentence with its real numbers, as parts that say which are values, which gradients.
 *
 * @param {State} state
 * @param {Translate} t
 * @returns {Part[]}
 */
export function sentenceOf(state, t) {
  const steps = stepsOf(state);
  if (!state.document || !state.evaluation || state.step === null) {
    return phrase(t("Press play: values flow forward, then gradients flow back."));
  }
  const step = steps[state.step - 1];
  if (!step) return phrase(t("Nothing is computed yet: only the inputs are there."));
  if (step.pass === "seed") return seed(state, t);
  return step.pass === "forward" ? forward(state, step, t) : backward(state, step, t);
}

/** @param {Part[]} parts */
export const plain = (parts) => parts.map((part) => part.text).join("");

/**
 * A translated text whose {places} are filled with parts that keep their meaning.
 *
 * @param {string} text
 * @param {Record<string, Part | Part[]>} [places]
 * @returns {Part[]}
 */
export function phrase(text, places = {}) {
  return text.split(/(\{\w+\})/).flatMap((piece) => {
    const place = /^\{(\w+)\}$/.exec(piece)?.[1];
    if (place !== undefined && place in places) return places[place];
    return piece === "" ? [] : [{ kind: "text", text: piece }];
  });
}

/** @param {State} state @param {Translate} t */
function seed(state, t) {
  const output = state.evaluation?.nodes[state.evaluation.output];
  return phrase(t("The way back begins at the output {name}: its gradient with respect to itself is {gradient}."), {
    name: { kind: "text", text: outputName(state) },
    gradient: gradient(output?.gradient),
  });
}

/** Whether a step goes through a closed group that has no value of its own. @param {State} state @param {Step} step */
const stretch = (state, step) => nodeOf(state, step.node)?.kind === "group" && !state.evaluation?.nodes[step.node];

/** @param {State} state @param {Step} step @param {Translate} t */
function forward(state, step, t) {
  if (stretch(state, step))
    return phrase(t("Forward through {op}, all at once."), { op: op(symbolOf(state, step.node)) });
  const inputs = edgesInto(state, step.node).map((edge) => value(edgeNumbers(state.evaluation, edge)?.value));
  const out = value(state.evaluation?.nodes[step.node]?.value);
  const symbol = symbolOf(state, step.node);
  const infix = inputs.length === 2 && ["+", "×", "−", "-", "÷", "/"].includes(symbol);
  if (infix) {
    return phrase(t("Forward through {op}: {formula}."), {
      op: op(symbol),
      formula: [inputs[0], { kind: "text", text: ` ${symbol} ` }, inputs[1], { kind: "text", text: " = " }, out],
    });
  }
  return phrase(t("Forward through {op}: {inputs} becomes {out}."), {
    op: op(symbol),
    inputs: listed(inputs, t(", ")),
    out,
  });
}

/** @param {State} state @param {Step} step @param {Translate} t */
function backward(state, step, t) {
  if (stretch(state, step))
    return phrase(t("Backward through {op}, all at once."), { op: op(symbolOf(state, step.node)) });
  const upstream = gradient(state.evaluation?.nodes[step.node]?.gradient);
  const edges = edgesInto(state, step.node);
  const going = edges.map((edge) => {
    const numbers = edgeNumbers(state.evaluation, edge);
    const to = { kind: /** @type {const} */ ("text"), text: nameOf(state, edge.source) };
    const passed = gradient(numbers?.gradient);
    const local = numbers?.local;
    if (local === null || local === undefined)
      return phrase(t("{gradient} goes to {name}"), { gradient: passed, name: to });
    return phrase(t("upstream {upstream} × local {local} = {gradient} goes to {name}"), {
      upstream,
      local: value(local),
      gradient: passed,
      name: to,
    });
  });
  return [
    ...phrase(t("Backward through {op}, where {upstream} arrives: {parts}."), {
      op: op(symbolOf(state, step.node)),
      upstream,
      parts: listed(going, t("; ")),
    }),
    ...sums(state, step, edges, t),
  ];
}

/**
 * The sums that this step completes: sources used more than once whose last branch has come in.
 *
 * @param {State} state
 * @param {Step} step
 * @param {ViewEdge[]} edges
 * @param {Translate} t
 */
function sums(state, step, edges, t) {
  if (!state.document) return [];
  const view = viewOf(state.document);
  const back = stepsOf(state)
    .filter((s) => s.pass === "backward")
    .map((s) => s.node);
  const now = back.indexOf(step.node);
  return [...new Set(edges.map((edge) => edge.source))].flatMap((source) => {
    const branches = view.edges.filter((edge) => edge.source === source);
    const last = Math.max(...branches.map((edge) => back.indexOf(edge.target)));
    if (branches.length < 2 || last !== now) return [];
    const sum = phrase(t("{name} is used {count} times, so its gradients add up: {sum} = {total}."), {
      name: { kind: "text", text: nameOf(state, source) },
      count: { kind: "text", text: String(branches.length) },
      sum: listed(
        branches.map((edge) => gradient(edgeNumbers(state.evaluation, edge)?.gradient)),
        " + ",
      ),
      total: gradient(state.evaluation?.nodes[source]?.gradient),
    });
    return [{ kind: /** @type {const} */ ("text"), text: " " }, ...sum];
  });
}

/** @param {(Part | Part[])[]} items @param {string} between @returns {Part[]} */
const listed = (items, between) =>
  items.flatMap((item, i) =>
    i === 0 ? [item].flat() : [{ kind: /** @type {const} */ ("text"), text: between }, ...[item].flat()],
  );

/** @param {State} state @param {string} id @returns {ViewEdge[]} in slot order */
export const edgesInto = (state, id) =>
  state.document
    ? viewOf(state.document)
        .edges.filter((edge) => edge.target === id)
        .sort((a, b) => a.slot - b.slot)
    : [];

/** @param {State} state @param {string} id @returns {ViewNode | undefined} */
export const nodeOf = (state, id) =>
  state.document ? viewOf(state.document).nodes.find((node) => node.id === id) : undefined;

/** @param {State} state @param {string} id */
export function symbolOf(state, id) {
  const node = nodeOf(state, id);
  if (!node) return "";
  const plain = node.kind === "group" ? inLanguage(node.label, state.language) : "";
  return state.ops[node.op]?.symbol ?? (plain || node.op.replaceAll("_", " "));
}

/** What the output is called: its label, else the name it has in the formula. @param {State} state */
export function outputName({ document, language }) {
  const label = document?.nodes.find((node) => node.id === document.output)?.label;
  return inLanguage(label, language) || (document?.output ?? "");
}

/** What a node is called in a sentence: its label, an op's symbol where there is none. @param {State} state @param {string} id */
export function nameOf(state, id) {
  const node = nodeOf(state, id);
  const label = inLanguage(node?.label, state.language);
  if (label) return label;
  if (node?.kind === "constant") return figure(node.node?.value)?.text ?? id;
  return node && node.kind !== "input" ? symbolOf(state, id) : id;
}
