/** @import {Context, State} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { figure } from "../figure.js";
import { nameOf, outputName } from "../sentence.js";
import { nudgeOf } from "./nudge.js";

/** As many inputs are listed; the others are found in the drawing. */
const MOST = 10;

/**
 * What the graph says while nothing is chosen: its output, and what the gradient of each input means for it.
 *
 * @param {Context} context
 * @returns {HTMLElement[]}
 */
export function overviewOf(context) {
  const { state } = context;
  const hint = html("p", { class: "hint soft" }, t("Choose a node to see its rule with its numbers."));
  const inputs = state.document?.nodes.filter((node) => node.op === "input").map((node) => node.id) ?? [];
  const known = inputs.filter((id) => state.evaluation?.nodes[id]);
  if (!state.evaluation || known.length === 0) return [hint];
  const output = state.evaluation.nodes[state.evaluation.output];
  const title = html(
    "h2",
    { class: "answer" },
    html("span", {}, outputName(state)),
    " ",
    html("span", { class: "value" }, figure(output?.value)?.text ?? "?"),
  );
  const nudge = known.map((id) => nudgeOf(context, id)).find((block) => block !== null);
  return [title, table(context, known), ...(nudge ? [nudge] : []), hint];
}

/** The inputs with value and gradient, each the way to its own page. @param {Context} context @param {string[]} inputs */
function table({ state, dispatch }, inputs) {
  const head = html(
    "tr",
    {},
    html("th", { scope: "col" }, t("Input")),
    html("th", { scope: "col" }, t("Value")),
    html("th", { scope: "col" }, t("Gradient")),
  );
  const rows = inputs.slice(0, MOST).map((id) => {
    const name = html(
      "button",
      { type: "button", class: "plain", "data-focus": `input ${id}` },
      ...about(nameOf(state, id)),
    );
    name.addEventListener("click", () => dispatch({ type: "node/chosen", node: id }));
    return html("tr", {}, html("th", { scope: "row" }, name), ...cells(state, id));
  });
  const more = inputs.length - rows.length;
  const rest = more > 0 ? [html("caption", { class: "soft" }, t("and {count} more", { count: more }))] : [];
  return html("table", { class: "overview" }, ...rest, html("thead", {}, head), html("tbody", {}, ...rows));
}

/** A name that a screen reader hears as what the button does. @param {string} name */
function about(name) {
  const [before, after] = t("About {name}").split("{name}");
  return [before, name, after].map((text) => (text === name ? text : html("span", { class: "visually-hidden" }, text)));
}

/** @param {State} state @param {string} id */
function cells({ evaluation }, id) {
  const numbers = evaluation?.nodes[id];
  return [
    html("td", { class: "value" }, figure(numbers?.value)?.text ?? "?"),
    html("td", { class: "gradient" }, `◂ ${figure(numbers?.gradient)?.text ?? "?"}`),
  ];
}
