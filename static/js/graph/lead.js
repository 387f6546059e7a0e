/** @import {Context} from "./types" */

import { inLanguage } from "../format.js";
import { t } from "../i18n.js";

/** Title and short text of the graph, and its formula. @param {HTMLElement} container @param {Context} context */
export function renderLead(container, { state }) {
  if (!state.document) return;
  const title = inLanguage(state.document.title, state.language) || t("Your graph");
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (container.querySelector(`[data-part="${name}"]`));
  part("title").textContent = title;
  part("description").textContent = inLanguage(state.document.description, state.language);
  document.title = `${title} · Backprop Explorer`;
}
