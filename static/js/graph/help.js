import { write } from "../element.js";
import { message, t } from "../i18n.js";
import { html } from "./draw/element.js";

/** What the keys do, by where the focus is. @type {[string, [string[], string][]][]} */
const KEYS = [
  [
    message("On the drawing and the timeline"),
    [
      [["Space"], message("play or pause")],
      [["→", "←"], message("step forward or back")],
      [["Home", "End"], message("to the first or the last step")],
      [["Esc"], message("show everything")],
      [["Tab"], message("from node to node")],
      [["Enter"], message("choose a node; once more: open it into its parts")],
    ],
  ],
  [
    message("In a number"),
    [
      [["↑", "↓"], message("more or less; with Shift ten times as much, with Alt a tenth")],
      [["Esc"], message("leave the number")],
    ],
  ],
  [
    message("In a matrix"),
    [
      [["→", "←", "↑", "↓"], message("from cell to cell, with what made it")],
      [["Esc"], message("choose no cell")],
    ],
  ],
  [
    message("Building, on the drawing"),
    [
      [["/"], message("add an operation")],
      [["A"], message("add one behind the chosen node")],
      [["C"], message("wire the chosen node to another")],
      [["O"], message("make the chosen node the output")],
      [["F2"], message("rename it")],
      [["Delete"], message("remove what is chosen")],
      [["Ctrl A", "Ctrl D"], message("choose all, or double what is chosen")],
      [["Ctrl C", "Ctrl X", "Ctrl V"], message("copy, cut and paste")],
      [["Ctrl Z", "Ctrl Y"], message("undo and redo")],
    ],
  ],
];

/**
 * All keys of the page in a dialog.
 */
export function createHelp() {
  const title = html("h2", { id: "keys-title" });
  const close = html("button", { type: "button" });
  const lists = html("div", { class: "lists" });
  const dialog = html(
    "dialog",
    { class: "keys", "aria-labelledby": "keys-title" },
    html("header", {}, title, close),
    lists,
  );
  close.addEventListener("click", () => dialog.close());
  document.body.append(dialog);

  return {
    open: () => dialog.showModal(),
    render() {
      write(title, t("Keys"));
      write(close, t("Close"));
      lists.replaceChildren(...KEYS.map(([place, keys]) => listOf(place, keys)));
    },
  };
}

/** @param {string} place @param {[string[], string][]} keys */
function listOf(place, keys) {
  const rows = keys.map(([names, does]) =>
    html(
      "div",
      {},
      html("dt", {}, ...names.flatMap((name, i) => [...(i > 0 ? [" "] : []), html("kbd", {}, name)])),
      html("dd", {}, t(does)),
    ),
  );
  return html("section", {}, html("h3", {}, t(place)), html("dl", {}, ...rows));
}
