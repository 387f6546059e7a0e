/** @import {Dispatch, State} from "../types" */

import { inLanguage } from "../../format.js";
import { t } from "../../i18n.js";
import { html, set, write } from "../draw/element.js";
import { EXPORTS } from "./effects.js";

/**
 * Save, share, open and export, at the head of the page.
 *
 * @param {HTMLElement} container
 * @param {Dispatch} dispatch
 */
export function createActions(container, dispatch) {
  const save = html("button", { type: "button", id: "save" });
  const share = html("button", { type: "button", id: "share" });
  const menu = html("details", { class: "menu" });
  const summary = html("summary", {});
  const list = html("div", { class: "menu-list" });
  const file = html("input", { type: "file", accept: ".json,.py,.txt", hidden: "" });
  const open = html("button", { type: "button" });
  // On a phone the two buttons stand in the menu.
  const saveThere = html("button", { type: "button", class: "only-phone" });
  const shareThere = html("button", { type: "button", class: "only-phone" });
  const train = html("button", { type: "button", id: "train" });
  const dialog = createNaming(dispatch);
  menu.append(summary, list);
  container.append(save, share, menu, file, dialog.element);

  const entries = EXPORTS.map(({ kind, ending, name }) => {
    const button = html("button", { type: "button", "data-export": kind });
    button.addEventListener("click", () => {
      summary.focus();
      dispatch({ type: "graph/exported", kind, ending });
    });
    return { button, name };
  });
  list.append(train, open, saveThere, shareThere, ...entries.map(({ button }) => button));

  /** @type {State | null} */
  let latest = null;
  for (const button of [save, saveThere]) button.addEventListener("click", () => latest && dialog.ask(latest));
  for (const button of [share, shareThere]) button.addEventListener("click", () => dispatch({ type: "graph/shared" }));
  train.addEventListener("click", () => dispatch({ type: "graph/trained" }));
  list.addEventListener("click", () => {
    menu.open = false;
  });
  open.addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    if (file.files?.[0]) dispatch({ type: "file/opened", file: file.files[0] });
    file.value = "";
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    summary.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });

  return {
    /** @param {State} state */
    render(state) {
      latest = state;
      for (const button of [save, saveThere]) write(button, t("Save"));
      for (const button of [share, shareThere]) write(button, t("Share"));
      write(summary, t("File"));
      write(train, t("Train this on MNIST"));
      write(open, t("Open a file…"));
      set(file, "aria-label", t("Open a file…"));
      for (const { button, name } of entries) write(button, t(name));
      dialog.render(state);
    },
  };
}

/** The small dialog that asks for a name. @param {Dispatch} dispatch */
function createNaming(dispatch) {
  const title = html("h2", { id: "naming-title" });
  const field = html("input", { type: "text", maxlength: 200, required: "", autocomplete: "off" });
  const label = html("label", {}, html("span", {}), field);
  const replace = html("button", { type: "submit", value: "again" });
  const add = html("button", { type: "submit", value: "new" });
  const cancel = html("button", { type: "button" });
  const form = html("form", { method: "dialog" }, title, label, html("div", { class: "row" }, replace, add, cancel));
  const element = html("dialog", { class: "naming", "aria-labelledby": "naming-title" }, form);
  cancel.addEventListener("click", () => element.close("cancel"));
  form.addEventListener("submit", (event) => {
    const again = event.submitter === replace;
    dispatch({ type: "graph/saved", name: field.value.trim() || t("Your graph"), again });
  });

  return {
    element,
    /** @param {State} state */
    ask(state) {
      field.value = state.keep.open?.name ?? (inLanguage(state.document?.title, state.language) || t("Your graph"));
      element.showModal();
      field.select();
    },
    /** @param {State} state */
    render({ keep }) {
      write(title, t("Save this graph"));
      write(/** @type {Element} */ (label.firstElementChild), t("Name"));
      write(add, keep.open ? t("Save as a new one") : t("Save"));
      write(replace, t("Save"));
      write(cancel, t("Cancel"));
      replace.hidden = keep.open === null;
    },
  };
}
