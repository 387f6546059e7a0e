/** @import {Context, SavedEntry} from "../types" */
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";

/** The graphs a person has kept, the last changed first. @param {HTMLElement} container @param {Context} context */
export function renderMine(container, { state, dispatch }) {
  const { entries, open } = state.keep;
  if (entries.length === 0) {
    container.replaceChildren();
    return;
  }
  container.replaceChildren(
    html("h2", {}, t("Mine")),
    html("nav", { "aria-label": t("Mine") }, ...entries.map((entry) => row(entry, entry.id === open?.id, dispatch))),
  );
}

/** @param {SavedEntry} entry @param {boolean} current @param {import("../types").Dispatch} dispatch */
function row(entry, current, dispatch) {
  const link = html("a", { href: `/graphs?saved=${entry.id}` }, html("span", {}, entry.name));
  if (current) link.setAttribute("aria-current", "page");
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    dispatch({ type: "saved/opened", id: entry.id });
  });
  const remove = html("button", { type: "button", "aria-label": t("Delete {name}", { name: entry.name }) }, "×");
  remove.addEventListener("click", () => dispatch({ type: "saved/deleted", entry }));
  return html("div", { class: "mine-row" }, link, remove);
}
