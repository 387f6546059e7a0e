/** @import {Context} from "./types" */
import { t } from "../i18n.js";
import { html } from "./draw/element.js";

/** What is wrong just now, and what happens next: the server away, or the graph refused. @param {HTMLElement} container @param {Context} context */
export function renderNotices(container, { state, dispatch }) {
  const notices = [];
  if (!state.online) {
    notices.push(
      notice("is-offline", t("The server does not answer. Your graph is kept here; asking again until it does.")),
    );
  }
  if (state.problem) {
    const close = html("button", { type: "button", "aria-label": t("Dismiss") }, "×");
    close.addEventListener("click", () => dispatch({ type: "problem/dismissed" }));
    notices.push(notice("is-problem", state.problem.detail || state.problem.title, close));
  }
  for (const warning of state.evaluation?.warnings ?? []) {
    notices.push(notice("is-warning", t("{node}: {detail}", { node: warning.node, detail: warning.detail })));
  }
  container.replaceChildren(...notices);
}

/** @param {string} kind @param {string} text @param {...Node} more */
const notice = (kind, text, ...more) => html("div", { class: `notice ${kind}` }, html("p", {}, text), ...more);
