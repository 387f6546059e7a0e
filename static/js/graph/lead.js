/** @import {State} from "./types" */

import { set, write } from "../element.js";
import { inLanguage } from "../format.js";
import { t } from "../i18n.js";

/** Title and short text of the graph, and its formula. @param {HTMLElement} container @param {State} state */
export function renderLead(container, state) {
  if (!state.document) return;
  const { run, language } = state;
  const title = inLanguage(state.document.title, language) || t("Your graph");
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (container.querySelector(`[data-part="${name}"]`));
  write(part("title"), title);
  write(part("description"), inLanguage(state.document.description, language));
  // From a mini-batch to where it comes from.
  set(part("back"), "hidden", run === null);
  if (run) set(part("back"), "href", `/training/${encodeURIComponent(run.id)}`);
  write(part("back"), t("Back to the run"));
  const words = `${title} · Backprop Explorer`;
  if (document.title !== words) document.title = words;
}
