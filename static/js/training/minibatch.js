/** @import {View} from "./types" */

import { byId } from "../element.js";
import { language, t } from "../i18n.js";

/** The door to the graph page: the very batch of the last iteration, or of the moment travelled to. */
export function createMinibatch() {
  const link = /** @type {HTMLAnchorElement} */ (byId("minibatch"));
  const hint = byId("minibatch-hint");

  return {
    /** @param {View} view */
    update({ run, moment }) {
      const still = run !== null && (moment !== null || (run.state !== "running" && run.state !== "queued"));
      const begun = run !== null && run.progress.iteration > 0;
      link.hidden = !(still && begun);
      hint.hidden = !link.hidden || run === null;
      hint.textContent = still
        ? t("Step once: then there is a mini-batch to open as a graph.")
        : t("Pause the run to open its mini-batch as a graph.");
      if (!run) return;
      const iteration = moment ?? run.progress.iteration;
      link.href = `/graphs?run=${encodeURIComponent(run.id)}${moment === null ? "" : `&iteration=${moment}`}`;
      link.textContent = t("Open the mini-batch of iteration {n} as a graph", {
        n: iteration.toLocaleString(language()),
      });
    },
  };
}
