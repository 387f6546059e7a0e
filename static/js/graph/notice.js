/** @import {Context, State} from "./types" */
import { t } from "../i18n.js";
import { recognised, refusalOf } from "../refusal.js";
import { MOST, PART } from "./crowd.js";
import { html } from "./draw/element.js";

/** What is wrong just now, and what happens next: the server away, or the graph refused. @param {HTMLElement} container @param {Context} context */
export function renderNotices(container, { state, dispatch }) {
  const notices = [];
  if (!state.online) {
    notices.push(
      notice("is-offline", t("The server does not answer. Your graph is kept here; asking again until it does.")),
    );
  }
  if (!state.whole) {
    const again = html("button", { type: "button", class: "mend" }, t("Load the page again"));
    again.addEventListener("click", () => location.reload());
    notices.push(notice("is-offline", t("A part of this page did not come. Your graph is kept here."), again));
  }
  if (state.problem) {
    const kind = state.problem.node === undefined ? "is-problem" : "is-problem is-at-node";
    const close = html("button", { type: "button", "aria-label": t("Dismiss") }, "×");
    close.addEventListener("click", () => dispatch({ type: "problem/dismissed" }));
    notices.push(notice(kind, refusalOf(state.problem), ...mending(state, dispatch), close));
  }
  const groups = state.document?.groups ?? [];
  if (groups.some((group) => group.op === PART)) {
    const words = t(
      "This graph has {count} nodes. Above {most} they are not drawn one by one: stretches of it are closed groups; open one to see inside.",
      { count: state.document?.nodes.length, most: MOST },
    );
    notices.push(notice("is-info", words));
  }
  for (const warning of state.evaluation?.warnings ?? []) {
    notices.push(
      notice(
        "is-warning",
        t("{node}: {detail}", { node: warning.node, detail: recognised(warning.detail) ?? warning.detail }),
      ),
    );
  }
  container.replaceChildren(...notices);
}

/** What the page offers to do about a problem. @param {State} state @param {import("./types").Dispatch} dispatch */
export function mending({ problem, history }, dispatch) {
  if (!problem) return [];
  const misshapen = problem.node !== undefined && problem.type?.endsWith("-shape");
  if (!problem.mend && !misshapen) return [];
  const fills = problem.mend === "fill";
  const hint = misshapen ? [html("p", { class: "way" }, t("Choose an array and give it another shape."))] : [];
  if (misshapen && history.past.length === 0) return hint;
  const button = html("button", { type: "button", class: "mend" }, fills ? t("Put a number there") : t("Undo"));
  button.addEventListener("click", () => dispatch({ type: fills ? "fault/mended" : "history/undone" }));
  return [...hint, button];
}

/** @param {string} kind @param {string} text @param {...Node} more */
const notice = (kind, text, ...more) => html("div", { class: `notice ${kind}` }, html("p", {}, text), ...more);
