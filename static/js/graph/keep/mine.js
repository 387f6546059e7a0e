/** @import {Context, Dispatch, SavedEntry, State} from "../types" */

import { inLanguage } from "../../format.js";
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { isOwn, keyOf } from "./copies.js";

/** The graphs a person has made, those that are not saved first, and each where it was last changed first. @param {HTMLElement} container @param {Context} context */
export function renderMine(container, { state, dispatch }) {
  const { entries, copies } = state.keep;
  const unsaved = Object.keys(copies).filter(isOwn).reverse();
  if (entries.length + unsaved.length === 0) {
    container.replaceChildren();
    return;
  }
  container.replaceChildren(
    html("h2", {}, t("Mine")),
    html(
      "nav",
      { "aria-label": t("Mine") },
      ...unsaved.map((key) => unsavedRow(key, state, dispatch)),
      ...entries.map((entry) => savedRow(entry, state, dispatch)),
    ),
  );
}

/** @param {string} key @param {State} state @param {Dispatch} dispatch */
function unsavedRow(key, { copy, keep, language }, dispatch) {
  const { name: title, output, hash } = keep.copies[key];
  const name = inLanguage(title, language) || `${t("Your graph")} · ${output}`;
  const link = opener(`/graphs?own=1${hash}`, name, key === copy, () => dispatch({ type: "copy/opened", key }));
  link.append(" ", html("span", { class: "changed" }, t("not saved")));
  const remove = button(t("Delete {name}", { name }), "×", () => dispatch({ type: "copy/dropped", key, undo: true }));
  return html("div", { class: "mine-row" }, link, remove);
}

/** @param {SavedEntry} entry @param {State} state @param {Dispatch} dispatch */
function savedRow(entry, { keep }, dispatch) {
  const { id, name } = entry;
  const link = opener(`/graphs?saved=${id}`, name, id === keep.open?.id, () => dispatch({ type: "saved/opened", id }));
  if (keep.copies[keyOf({ saved: id })]) link.append(" ", html("span", { class: "changed" }, t("changed")));
  const rename = button(t("Rename {name}", { name }), "✎", () => dispatch({ type: "naming/wanted", entry }));
  const remove = button(t("Delete {name}", { name }), "×", () => dispatch({ type: "saved/deleted", entry }));
  return html("div", { class: "mine-row" }, link, rename, remove);
}

/** @param {string} href @param {string} name @param {boolean} current @param {() => void} press */
function opener(href, name, current, press) {
  const link = html("a", { href }, html("span", {}, name));
  if (current) link.setAttribute("aria-current", "page");
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    press();
  });
  return link;
}

/** @param {string} name @param {string} sign @param {() => void} press */
function button(name, sign, press) {
  const element = html("button", { type: "button", "aria-label": name }, sign);
  // The second click of a double one may come upon the next row, which has moved up.
  element.addEventListener("click", ({ detail }) => detail < 2 && press());
  return element;
}
