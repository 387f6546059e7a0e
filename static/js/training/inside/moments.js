/** @import {Moment, View} from "../types" */

import { byId, set, write } from "../../element.js";
import { language, t } from "../../i18n.js";

/**
 * The slider over a run's saved moments; its right end is now. It drives weights, histograms, digits and curves together.
 *
 * @param {(iteration: number | null) => void} onTravel
 */
export function createMoments(onTravel) {
  const host = byId("moments");
  const slider = /** @type {HTMLInputElement} */ (byId("moment"));
  const label = byId("moment-text");
  const back = byId("moment-now");
  /** @type {Moment[]} */
  let moments = [];

  slider.addEventListener("input", () => onTravel(moments[slider.valueAsNumber]?.iteration ?? null));
  back.addEventListener("click", () => onTravel(null));

  return {
    /** @param {View} view */
    update(view) {
      moments = view.moments;
      set(host, "hidden", moments.length === 0);
      set(slider, "max", moments.length);
      const place = moments.findIndex(({ iteration }) => iteration === view.moment);
      const value = String(place < 0 ? moments.length : place);
      if (slider.value !== value) slider.value = value;
      const words = place < 0 ? t("now") : momentText(moments[place]);
      write(label, words);
      set(slider, "aria-valuetext", words);
      set(back, "disabled", place < 0);
    },
  };
}

/** @param {Moment} moment */
function momentText({ iteration, epoch, test_accuracy }) {
  const parts = [t("iteration {n}", { n: iteration.toLocaleString(language()) })];
  if (epoch !== null) parts.push(t("epoch {n}", { n: epoch }));
  if (test_accuracy !== null) parts.push(t("test accuracy {n}", { n: test_accuracy.toFixed(4) }));
  return parts.join(" · ");
}
