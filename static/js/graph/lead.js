/** @import {Context} from "./types" */

import { inLanguage } from "../format.js";
import { t } from "../i18n.js";
import { html } from "./draw/element.js";

/** Title and short text of the graph, and its formula. @param {HTMLElement} container @param {Context} context */
export function renderLead(container, { state }) {
  if (!state.document) return;
  const { run, language } = state;
  const title = inLanguage(state.document.title, language) || t("Your graph");
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (container.querySelector(`[data-part="${name}"]`));
  part("title").textContent = title;
  part("description").textContent = inLanguage(state.document.description, language);
  if (run) part("description").append(" ", wayBack(run));
  document.title = `${title} · Backprop Explorer`;
}

/** From a mini-batch to where it comes from. @param {NonNullable<Context["state"]["run"]>} run */
const wayBack = ({ id }) => html("a", { href: `/training/${encodeURIComponent(id)}` }, t("Back to the run"));
