/** The contract's own example: 2 apples at 100 yen with 10 % tax, as document and as evaluation. */
/** @import {Evaluation, GraphDocument, State} from "../../../static/js/graph/types" */
import { initial, reduce } from "../../../static/js/graph/reduce.js";

/** @type {GraphDocument} */
export const apples = {
  nodes: [
    { id: "apple", op: "input", value: 100, label: { en: "apple price", zh: "苹果单价", ja: "りんごの値段" } },
    { id: "apple_num", op: "input", value: 2 },
    { id: "tax", op: "input", value: 1.1 },
    { id: "apple_price", op: "mul", inputs: ["apple", "apple_num"] },
    { id: "price", op: "mul", inputs: ["apple_price", "tax"] },
  ],
  output: "price",
};

/** @type {Omit<Evaluation, "revision">} */
export const evaluated = {
  output: "price",
  order: ["apple", "apple_num", "tax", "apple_price", "price"],
  nodes: {
    apple: { value: 100, gradient: 2.2, shape: [] },
    apple_num: { value: 2, gradient: 110.00000000000001, shape: [] },
    tax: { value: 1.1, gradient: 200, shape: [] },
    apple_price: { value: 200, gradient: 1.1, shape: [] },
    price: { value: 220.00000000000003, gradient: 1, shape: [] },
  },
  edges: [
    { source: "apple", target: "apple_price", slot: 0, value: 100, local: 2, gradient: 2.2 },
    { source: "apple_num", target: "apple_price", slot: 1, value: 2, local: 100, gradient: 110.00000000000001 },
    { source: "apple_price", target: "price", slot: 0, value: 200, local: 1.1, gradient: 1.1 },
    { source: "tax", target: "price", slot: 1, value: 1.1, local: 200, gradient: 200 },
  ],
};

/** A square: one value in both slots of a product. @type {GraphDocument} */
export const square = {
  nodes: [
    { id: "x", op: "input", value: 3 },
    { id: "y", op: "mul", inputs: ["x", "x"] },
  ],
  output: "y",
};

/** @type {Omit<Evaluation, "revision">} */
export const squared = {
  output: "y",
  order: ["x", "y"],
  nodes: { x: { value: 3, gradient: 6, shape: [] }, y: { value: 9, gradient: 1, shape: [] } },
  edges: [
    { source: "x", target: "y", slot: 0, value: 3, local: 3, gradient: 3 },
    { source: "x", target: "y", slot: 1, value: 3, local: 3, gradient: 3 },
  ],
};

const MUL = {
  name: "mul",
  symbol: "×",
  slots: ["x", "y"],
  attrs: {},
  rule: { forward: "z = x \\cdot y", local: ["y", "x"] },
  elementwise: true,
  expandable: false,
  source: "",
};

/**
 * A state with a document and its answer, after further events.
 *
 * @param {GraphDocument} document
 * @param {Omit<Evaluation, "revision"> | null} evaluation
 * @param {...import("../../../static/js/graph/types").Event} events
 * @returns {State}
 */
export function stateOf(document, evaluation, ...events) {
  const opening = [
    { type: "ops/received", ops: [MUL] },
    { type: "document/opened", document },
    ...(evaluation ? [{ type: "evaluation/received", revision: 1, evaluation }] : []),
  ];
  return [...opening, ...events].reduce(reduce, initial("en"));
}

/** Translation that stays English. @param {string} text @param {Record<string, unknown>} [params] */
export const t = (text, params = {}) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
