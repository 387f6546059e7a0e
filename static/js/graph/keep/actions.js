/** @import {Dispatch} from "../types" */

import { set, write } from "../../element.js";
import { message, t } from "../../i18n.js";
import { html } from "../draw/element.js";

/** The file that each export gives, and what it is called. */
const EXPORTS = [
  { kind: "json", ending: "json", name: message("Graph document (JSON)") },
  { kind: "svg", ending: "svg", name: message("Drawing (SVG)") },
  { kind: "png", ending: "png", name: message("Picture (PNG)") },
  { kind: "tex", ending: "tex", name: message("LaTeX (TikZ)") },
  { kind: "layers.py", ending: "py", name: message("The book's layers (Python)") },
  { kind: "torch.py", ending: "torch.py", name: message("PyTorch code (Python)") },
];

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
  menu.append(summary, list);
  container.append(save, share, menu, file);

  const entries = EXPORTS.map(({ kind, ending, name }) => {
    const button = html("button", { type: "button", "data-export": kind });
    button.addEventListener("click", () => {
      summary.focus();
      dispatch({ type: "graph/exported", kind, ending });
    });
    return { button, name };
  });
  list.append(train, open, saveThere, shareThere, ...entries.map(({ button }) => button));

  for (const button of [save, saveThere]) button.addEventListener("click", () => dispatch({ type: "naming/wanted" }));
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
    render() {
      for (const button of [save, saveThere]) write(button, t("Save"));
      for (const button of [share, shareThere]) write(button, t("Share"));
      write(summary, t("File"));
      write(train, t("Train this on MNIST"));
      write(open, t("Open a file…"));
      set(file, "aria-label", t("Open a file…"));
      for (const { button, name } of entries) write(button, t(name));
    },
  };
}
