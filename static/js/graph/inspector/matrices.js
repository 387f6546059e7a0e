/** @import {Context} from "../types" */
/** @import {Cell, Chosen, Matrix, Operation} from "./types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { symbolOf } from "../sentence.js";
import { viewOf } from "../view.js";
import { madeOf, makersOf } from "./cause.js";
import { mapOf } from "./map.js";
import { hasArrays, operationOf } from "./operation.js";
import { repeatOf } from "./repeat.js";

/** The node whose arrays are shown: the chosen one, or the one the chosen edge leads to. @param {Context["state"]} state */
export function subjectOf(state) {
  if (!state.document) return null;
  const view = viewOf(state.document);
  const edge = view.edges.find(({ key }) => key === state.shown.edge);
  return edge?.target ?? view.nodes.find(({ id }) => id === state.shown.node)?.id ?? null;
}

/**
 * The arrays of a node's op as maps: values as they go forward, gradients as they come back. For an input also those
 * of every op that uses it, because there its gradient is made.
 *
 * @param {Context} context
 * @param {string} node
 * @param {number} room width for one map
 * @returns {HTMLElement[]}
 */
export function matricesOf(context, node, room) {
  const { state } = context;
  const own = operationOf(state, node);
  if (!own) return [];
  if (own.slots > 0) return hasArrays(own) ? sections(context, own, room) : [];
  const users = [...new Set(makersOf(state, { node, key: "gradient", index: [] }).map((maker) => maker.node))];
  const operations = users.map((user) => operationOf(state, user)).filter((operation) => operation !== null);
  const mine = hasArrays(own) ? [row(context, own, ["value", "gradient"], room)] : [];
  return [
    ...mine,
    ...operations
      .filter(hasArrays)
      .flatMap((operation) => [
        html("h3", {}, t("Used by {op}", { op: symbolOf(state, operation.node) })),
        ...sections(context, operation, room),
      ]),
  ];
}

/** @param {Context} context @param {Operation} operation @param {number} room */
function sections(context, operation, room) {
  const slots = Array.from({ length: operation.slots }, (_, slot) => slot);
  const inputs = slots.map((slot) => `value:${slot}`);
  const locals = slots.map((slot) => `local:${slot}`).filter((key) => !isOnes(operation.matrices[key]));
  const going = slots.map((slot) => `gradient:${slot}`);
  return [
    html("h4", { class: "value" }, t("Forward: values"), " ▸"),
    row(context, operation, [...inputs, "value"], room),
    html("h4", { class: "gradient" }, "◂ ", t("Backward: gradients")),
    row(context, operation, ["gradient", ...locals, ...going], room),
    ...slots.map((slot) => repeatOf(operation, slot)).filter((drawn) => drawn !== null),
  ];
}

/** A local derivative of nothing but ones says nothing more. @param {Matrix | undefined} matrix */
const isOnes = (matrix) => !matrix || (Array.isArray(matrix.value) && matrix.value.flat(9).every((x) => x === 1));

/** @param {Context} context @param {Operation} operation @param {string[]} keys @param {number} room */
function row({ state, dispatch }, operation, keys, room) {
  const { cell } = state.shown;
  const lights = cell ? litIn(state, cell, operation.node) : [];
  const maps = keys
    .filter((key) => operation.matrices[key])
    .map((key) => {
      const matrix = operation.matrices[key];
      const focus = `${operation.node}|${key}`;
      const chosen = cell?.node === operation.node && cell.key === key ? cell.index : null;
      return mapOf(
        matrix,
        {
          room,
          word: wordOf(matrix, operation),
          chosen,
          lights: lights.filter((light) => light.key === key).map((light) => light.index),
          choose: (index) => dispatch({ type: "cell/chosen", cell: { node: operation.node, key, index } }),
          clear: () => dispatch({ type: "cell/chosen", cell: null }),
        },
        focus,
      );
    });
  return html("div", { class: "matrices" }, ...maps);
}

/** @param {Context["state"]} state @param {Chosen} chosen @param {string} node @returns {Cell[]} */
function litIn(state, chosen, node) {
  return makersOf(state, chosen)
    .filter((maker) => maker.node === node)
    .flatMap((maker) => {
      const lights = madeOf(state, maker)?.cause?.lights ?? [];
      return maker.key === chosen.key ? lights : [...lights, maker];
    });
}

/** @param {Matrix} matrix @param {Operation} operation */
function wordOf({ key, kind }, { slots }) {
  if (kind === "value") return t("value");
  if (kind === "local") return t("local derivative");
  if (key === "gradient") return slots > 0 ? t("gradient arriving") : t("gradient");
  return t("gradient going on");
}
