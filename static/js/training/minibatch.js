/** @import {View} from "./types" */

import { byId, set, write } from "../element.js";
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
      const open = still && begun;
      set(link, "hidden", !open);
      set(hint, "hidden", open || run === null);
      if (!open) {
        const now = t("Pause the run to open its mini-batch as a graph.");
        write(hint, still ? t("Step once: then there is a mini-batch to open as a graph.") : now);
        return;
      }
      set(link, "href", `/graphs?run=${encodeURIComponent(run.id)}${moment === null ? "" : `&iteration=${moment}`}`);
      const iteration = moment ?? run.progress.iteration;
      write(link, t("Open the mini-batch of iteration {n} as a graph", { n: iteration.toLocaleString(language()) }));
    },
  };
}
