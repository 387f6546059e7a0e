/** @import {Moment, View} from "../types" */

import { byId } from "../../element.js";
import { language, t } from "../../i18n.js";
import { createLayers } from "./layers.js";
import { createWeights } from "./weights.js";

/**
 * What is inside the network: first-layer weights, histograms over time, sizes. Repaints only what is new.
 *
 * @param {(id: string, moments: Moment[]) => void} onHalt asks for the past, once somebody looks at a run that stands still
 */
export function createInside(onHalt) {
  const weights = createWeights();
  const layers = createLayers();
  const when = byId("inside-when");
  /** @type {Moment[]} */
  let known = [];
  /** @type {unknown[]} */
  let drawn = [];

  return {
    /** @param {View} view */
    update({ run, tensors, looks, ink, moment, moments }) {
      if (run && run.state !== "running" && moments.length > 0 && moments !== known) {
        known = moments;
        onHalt(run.id, moments);
      }
      const now = [run?.id, tensors, looks, ink, language()];
      if (now.every((part, k) => part === drawn[k])) return;
      drawn = now;
      when.textContent = tensors
        ? t("at iteration {n}", { n: tensors.iteration.toLocaleString(language()) })
        : t("nothing to see yet");
      weights.update(tensors?.images ?? null, ink);
      layers.update(tensors, looks, ink, moment);
    },
  };
}
