/** @import {Dispatch, DocumentNode, Op, State} from "../types" */

import { set } from "../../element.js";
import { inLanguage } from "../../format.js";
import { t } from "../../i18n.js";
import { read } from "../array.js";
import { html } from "../draw/element.js";
import { nameOf, nodeOf } from "../sentence.js";
import { attributeText, readAttribute } from "./attribute.js";
import { chosenOf } from "./selection.js";
import { slotName } from "./words.js";

/** With more nodes than this a list of all of them is no help. */
const LISTED = 60;

/**
 * Below the inspector: the chosen node's name, what is wired to it and its attributes, to be changed.
 *
 * @param {HTMLElement} container
 * @param {Dispatch} dispatch
 */
export function createEditing(container, dispatch) {
  /** What the form was drawn for. */
  let drawn = "";

  /** @param {State} state */
  function render(state) {
    const chosen = chosenOf(state);
    const node = chosen.length === 1 ? nodeOf(state, chosen[0]) : undefined;
    const own = node?.node ?? null;
    const listed = own !== null && !isLeaf(own) && (state.document?.nodes.length ?? 0) <= LISTED;
    const names = listed ? state.document?.nodes.map((n) => nameOf(state, n.id)) : [];
    const wanted = JSON.stringify([chosen, own && { ...own, value: null }, own?.op === "constant" && own.value]);
    const key = [
      wanted,
      names?.join(),
      state.language,
      state.document?.output,
      Object.keys(state.ops).length,
      state.shown.edge,
    ].join();
    if (key === drawn) return;
    drawn = key;
    const focus = focused(container);
    container.replaceChildren(...(chosen.length > 1 ? several(chosen.length) : own ? one(state, own) : wire(state)));
    if (focus) /** @type {HTMLElement | null} */ (container.querySelector(focus))?.focus();
  }

  /** @param {State} state @param {DocumentNode} node */
  function one(state, node) {
    const op = state.ops[node.op];
    const fields = [nameField(state, node)];
    if (node.op === "constant") fields.push(valueField(node));
    else if (op) fields.push(...slotFields(state, node, op), ...attributeFields(node, op));
    const isOutput = state.document?.output === node.id;
    return [
      html("h3", {}, t("Edit")),
      html("div", { class: "fields" }, ...fields),
      html(
        "div",
        { class: "row" },
        button("connect", t("Connect…"), () => dispatch({ type: "connect/wanted", node: node.id })),
        button("output", t("Set as output"), () => dispatch({ type: "output/chosen", node: node.id }), isOutput),
        button("duplicate", t("Duplicate"), () => dispatch({ type: "selection/duplicated" })),
        button("delete", t("Delete"), () => dispatch({ type: "selection/removed" })),
      ),
    ];
  }

  /** @param {number} count */
  function several(count) {
    return [
      html("h3", {}, t("{count} nodes chosen", { count })),
      html(
        "div",
        { class: "row" },
        button("duplicate", t("Duplicate"), () => dispatch({ type: "selection/duplicated" })),
        button("delete", t("Delete"), () => dispatch({ type: "selection/removed" })),
      ),
    ];
  }

  /** @param {State} state */
  function wire({ shown }) {
    if (shown.edge === null) return [];
    return [
      html(
        "div",
        { class: "row" },
        button("delete", t("Delete this wire"), () => dispatch({ type: "wire/cut", edge: shown.edge })),
      ),
    ];
  }

  /** @param {State} state @param {DocumentNode} node */
  function nameField(state, node) {
    const input = html("input", { type: "text", "data-field": "name", autocomplete: "off", spellcheck: "false" });
    input.value = inLanguage(node.label, state.language) || node.id;
    const before = input.value;
    commit(input, () => {
      if (input.value !== before) dispatch({ type: "node/renamed", node: node.id, text: input.value });
      input.value = before;
    });
    return labelled(t("Name"), input);
  }

  /** @param {DocumentNode} node */
  function valueField(node) {
    const input = html("input", { type: "text", "data-field": "value", inputmode: "decimal", autocomplete: "off" });
    input.value = JSON.stringify(node.value);
    commit(input, () => {
      const result = read(input.value);
      input.setAttribute("aria-invalid", String(!("value" in result)));
      if ("value" in result) dispatch({ type: "value/edited", node: node.id, value: result.value });
    });
    return labelled(t("Value"), input);
  }

  /** @param {State} state @param {DocumentNode} node @param {Op} op */
  function slotFields(state, node, op) {
    const nodes = state.document?.nodes ?? [];
    if (nodes.length > LISTED) return [];
    return (node.inputs ?? []).map((source, slot) => {
      const select = html("select", { "data-field": `slot-${slot}` });
      const known = nodes.some((n) => n.id === source);
      if (!known) select.append(html("option", { value: "" }, t("nothing yet")));
      for (const { id } of nodes) {
        if (id === node.id) continue;
        const name = nameOf(state, id);
        select.append(html("option", { value: id }, name === id ? id : `${name} · ${id}`));
      }
      select.value = known ? source : "";
      select.addEventListener("change", () =>
        dispatch({ type: "wire/dropped", source: select.value, target: node.id, slot }),
      );
      return labelled(t("from {slot}", { slot: slotName(op, slot) }), select);
    });
  }

  /** @param {DocumentNode} node @param {Op} op */
  function attributeFields(node, op) {
    return Object.entries(Array.isArray(op.attrs) ? {} : op.attrs).map(([name, initial]) => {
      const now = node.attrs && name in node.attrs ? node.attrs[name] : initial;
      /** @param {unknown} value */
      const edit = (value) => dispatch({ type: "attribute/edited", node: node.id, name, value });
      const input = html("input", { type: typeof initial === "boolean" ? "checkbox" : "text", "data-field": name });
      if (typeof initial === "boolean") {
        input.checked = Boolean(now);
        input.addEventListener("change", () => edit(input.checked));
      } else {
        input.value = attributeText(now);
        const before = input.value;
        commit(input, () => {
          const result = readAttribute(input.value);
          input.setAttribute("aria-invalid", String(result === null));
          if (result && input.value !== before) edit(result.value);
        });
      }
      return labelled(name, input);
    });
  }

  return {
    render,
    /** Put the hand on the name. */
    name() {
      const field = /** @type {HTMLInputElement | null} */ (container.querySelector('[data-field="name"]'));
      field?.focus();
      field?.select();
    },
  };
}

/** Take what was typed when the field is left or Enter is pressed; Escape gives it up. @param {HTMLInputElement} input @param {() => void} take */
function commit(input, take) {
  const before = input.value;
  input.addEventListener("change", take);
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    input.value = before;
    input.blur();
  });
}

/** @param {DocumentNode} node */
const isLeaf = (node) => node.op === "input" || node.op === "constant";

/** @param {string} text @param {HTMLElement} field */
const labelled = (text, field) => html("label", {}, html("span", {}, text), field);

/** @param {string} key @param {string} text @param {() => void} press @param {boolean} [disabled] */
function button(key, text, press, disabled = false) {
  const element = html("button", { type: "button", "data-field": key }, text);
  set(element, "disabled", disabled);
  element.addEventListener("click", press);
  return element;
}

/** What of the form has the focus, to give it back. @param {HTMLElement} container */
function focused(container) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !container.contains(active)) return null;
  return `[data-field="${active.dataset.field}"]`;
}
