/** @import {Op} from "../types" */
/** @typedef {{op: string, value?: number, name?: string}} Choice what is to be added */
/** @typedef {{key: string, symbol: string, title: string, hint: string, family: string, choice: Choice}} Entry */
import { message } from "../../i18n.js";
import { idFrom } from "./name.js";

/** The families in the order in which a reader of the chapter meets them. @type {Record<string, string>} */
export const FAMILIES = {
  leaf: message("Numbers"),
  arithmetic: message("Arithmetic"),
  elementary: message("Elementary functions"),
  activation: message("Activations"),
  linear: message("Linear algebra"),
  loss: message("Softmax and losses"),
  reduction: message("Sums and means"),
  shape: message("Shapes"),
  comparison: message("Comparisons"),
  normalization: message("Normalization"),
  convolution: message("Convolution"),
};

/** What people type for an op. @type {Record<string, string[]>} */
const WORDS = {
  add: ["+", "plus"],
  sub: ["-", "minus", "subtract"],
  mul: ["*", "times", "multiply"],
  div: ["/", "divide", "over"],
  pow: ["**", "^", "power"],
  matmul: ["@"],
  neg: ["-", "minus"],
  reciprocal: ["1/", "1/x"],
  square: ["**2", "^2", "x2"],
  transpose: [".t", "t"],
  sum: ["sigma"],
  broadcast_to: ["repeat"],
  conv: ["convolution"],
  log: ["ln"],
  mean_squared_error: ["mse"],
  sum_squared_error: ["sse"],
  cross_entropy_error: ["cee"],
};

/**
 * All that can be added, family by family.
 *
 * @param {Record<string, Op>} ops
 * @param {(text: string) => string} t
 * @returns {Entry[]}
 */
export function entriesOf(ops, t) {
  const order = Object.keys(FAMILIES);
  const all = Object.values(ops).map((op) => ({
    key: op.name,
    symbol: op.symbol,
    title: op.name,
    hint: `(${op.slots.join(", ")})`,
    family: FAMILIES[op.family ?? ""] ? /** @type {string} */ (op.family) : "elementary",
    choice: { op: op.name },
  }));
  all.sort((a, b) => order.indexOf(a.family) - order.indexOf(b.family));
  return [
    {
      key: "input",
      symbol: "x",
      title: t("input"),
      hint: t("a number to change"),
      family: "leaf",
      choice: { op: "input" },
    },
    {
      key: "constant",
      symbol: "2",
      title: t("constant"),
      hint: t("a number that stays"),
      family: "leaf",
      choice: { op: "constant", value: 2 },
    },
    ...all,
  ];
}

/**
 * What fits a text, the best first: the op typed in full or by its sign, names that begin so, names that hold it; and
 * for a number a constant, for a new name an input.
 *
 * @param {Entry[]} entries
 * @param {string} text
 * @param {((text: string) => string) | null} t null where no number can be added
 * @returns {Entry[]}
 */
export function matching(entries, text, t) {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return entries;
  const ranked = entries
    .map((entry) => ({ entry, rank: rank(entry, wanted) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
  if (!t) return ranked;
  const number = Number(wanted.replace("−", "-"));
  if (/\d/.test(wanted) && Number.isFinite(number)) {
    const choice = { op: "constant", value: number };
    ranked.unshift({ key: "number", symbol: wanted, title: t("constant"), hint: wanted, family: "leaf", choice });
  }
  const name = idFrom(text);
  if (name !== "" && name === text.trim() && !entries.some((entry) => entry.key === name)) {
    ranked.push({
      key: "name",
      symbol: name,
      title: t("input"),
      hint: name,
      family: "leaf",
      choice: { op: "input", name },
    });
  }
  return ranked;
}

/** @param {Entry} entry @param {string} wanted */
function rank(entry, wanted) {
  const names = [entry.key, entry.title, entry.symbol, ...(WORDS[entry.key] ?? [])].map((name) => name.toLowerCase());
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  if (entry.key.split("_").some((word) => word.startsWith(wanted))) return 2;
  return names.some((name) => name.includes(wanted)) ? 3 : 4;
}
