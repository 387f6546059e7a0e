/** @import {Context} from "./types" */

import { inLanguage } from "../format.js";
import { t } from "../i18n.js";
import { html } from "./draw/element.js";

/** Title and short text of the graph, and its formula. @param {HTMLElement} container @param {Context} context */
export function renderLead(container, { state }) {
  if (!state.document) return;
  const { run, language } = state;
  const title = inLanguage(state.document.title, language) || (run ? t("A mini-batch") : t("Your graph"));
  const part = (/** @type {string} */ name) =>
    /** @type {HTMLElement} */ (container.querySelector(`[data-part="${name}"]`));
  part("title").textContent = title;
  part("description").textContent = inLanguage(state.document.description, language);
  if (run) part("description").replaceChildren(...origin(run));
  document.title = `${title} · Backprop Explorer`;
}

/** Where a mini-batch comes from, with the way back to it. @param {NonNullable<Context["state"]["run"]>} run */
function origin({ id, iteration }) {
  const said =
    iteration === null
      ? t("The network on the batch it saw last, with the weights it had then.")
      : t("The network on the batch of iteration {iteration}, with the weights it had then.", { iteration });
  return [said, " ", html("a", { href: `/training/${encodeURIComponent(id)}` }, t("Back to the run"))];
}
