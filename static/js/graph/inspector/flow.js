/** @import {State, ViewEdge} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { figure } from "../figure.js";
import { nameOf, nodeOf } from "../sentence.js";
import { edgeNumbers, viewOf } from "../view.js";

/**
 * What goes back along one edge: upstream × local = downstream, each with its word.
 *
 * @param {State} state
 * @param {ViewEdge} edge
 */
export function flowOf(state, edge) {
  const numbers = edgeNumbers(state.evaluation, edge);
  const upstream = figure(state.evaluation?.nodes[edge.target]?.gradient);
  const local = figure(numbers?.local);
  const passed = figure(numbers?.gradient);
  const letter = state.ops[nodeOf(state, edge.target)?.op ?? ""]?.slots[edge.slot];
  const name = `${nameOf(state, edge.source)}${letter ? ` (${letter})` : ""}`;
  const heading = html("h3", {}, t("To {name}", { name }));
  const cells = [
    term("gradient", upstream?.text ?? "?", t("arriving (upstream)")),
    ...(local ? [sign("×"), term("value", local.text, t("local derivative"))] : [sign("→")]),
    ...(local ? [sign("=")] : []),
    term("gradient", passed?.text ?? "?", t("going on (downstream)")),
  ];
  return html(
    "div",
    { class: "flow-block" },
    heading,
    html("div", { class: local ? "flow" : "flow is-short" }, ...cells),
  );
}

/** @param {"value" | "gradient"} kind @param {string} number @param {string} word */
const term = (kind, number, word) =>
  html(
    "div",
    { class: "term" },
    html("b", { class: kind }, kind === "gradient" ? `◂ ${number}` : number),
    html("small", {}, word),
  );

/** @param {string} text */
const sign = (text) => html("span", { class: "sign" }, text);

/**
 * The sum over branches where a value is used more than once, or null where it is not.
 *
 * @param {State} state
 * @param {string} node
 */
export function sumOf(state, node) {
  if (!state.document) return null;
  const branches = viewOf(state.document).edges.filter((edge) => edge.source === node);
  if (branches.length < 2) return null;
  const total = figure(state.evaluation?.nodes[node]?.gradient);
  const items = branches.map((edge) => {
    const gradient = figure(edgeNumbers(state.evaluation, edge)?.gradient);
    return html(
      "li",
      {},
      html("b", { class: "gradient" }, `◂ ${gradient?.text ?? "?"}`),
      " ",
      t("from {name}", { name: nameOf(state, edge.target) }),
    );
  });
  return html(
    "div",
    { class: "branches" },
    html("h3", {}, t("Sum over branches")),
    html("ul", {}, ...items),
    html("p", {}, "= ", html("b", { class: "gradient" }, total?.text ?? "?")),
    html(
      "p",
      { class: "why" },
      t("The value is used {count} times, so every branch adds its gradient (+=), none replaces another.", {
        count: branches.length,
      }),
    ),
  );
}
