/** @import {View} from "../types" */

import { byId, element } from "../../element.js";
import { number } from "../../format.js";
import { language, t } from "../../i18n.js";
import { check } from "../api.js";
import { duration } from "../duration.js";
import { createRace } from "./race.js";

/**
 * The chapter's gradient check on the real network, and the race of the two ways to a gradient.
 *
 * @param {(error: unknown) => void} onError
 */
export function createCheck(onError) {
  const button = /** @type {HTMLButtonElement} */ (byId("check"));
  const table = byId("check-result");
  const verdict = byId("check-verdict");
  const race = createRace();
  /** @type {View | null} */
  let view = null;
  /** @type {AbortController | null} */
  let asking = null;

  button.addEventListener("click", async () => {
    if (!view?.run) return;
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    verdict.dataset.kind = "";
    verdict.textContent = t("Comparing every gradient of three images, both ways …");
    try {
      const { inputs, forward_passes, seconds } = await check(view.run.id, mine.signal);
      write(inputs);
      const worst = Math.max(...Object.values(inputs).map((entry) => Number(entry.mean_abs_diff)));
      const good = worst < 1e-6;
      verdict.dataset.kind = good ? "good" : "bad";
      const params = {
        passes: forward_passes.toLocaleString(language()),
        slow: duration(seconds.numerical, t),
        fast: duration(seconds.backprop, t),
      };
      const figures = t(
        "{passes} nudges, all followed at once, took {slow}; backpropagation took {fast}. The race takes them one by one.",
        params,
      );
      const judged = good ? t("They agree.") : t("They do not agree.");
      verdict.textContent = `${judged} ${figures}`;
    } catch (error) {
      if (mine.signal.aborted) return;
      verdict.textContent = "";
      onError(error);
    }
  });

  /** @param {Record<string, {mean_abs_diff: number, max_rel_error: number}>} inputs */
  function write(inputs) {
    const titles = [t("Parameter"), t("mean |difference|"), t("largest relative error")];
    table.hidden = false;
    table.replaceChildren(
      element("thead", {}, element("tr", {}, ...titles.map((title) => element("th", { scope: "col" }, title)))),
      element(
        "tbody",
        {},
        ...Object.entries(inputs).map(([name, { mean_abs_diff, max_rel_error }]) =>
          element(
            "tr",
            {},
            element("th", { scope: "row" }, name),
            element("td", {}, number(mean_abs_diff, 3)),
            element("td", {}, number(max_rel_error, 3)),
          ),
        ),
      ),
    );
  }

  return {
    /** @param {View} now */
    update(now) {
      if (view?.run?.id !== now.run?.id) {
        asking?.abort();
        table.hidden = true;
        verdict.textContent = "";
      }
      view = now;
      button.disabled = now.run === null;
      race.update(now.run);
    },
  };
}
