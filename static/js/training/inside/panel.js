/** @import {Moment, View} from "../types" */

import { byId, write } from "../../element.js";
import { language, t } from "../../i18n.js";
import { createLayers } from "./layers.js";
import { createWeights } from "./weights.js";

/**
 * What is inside the network: first-layer weights, histograms over time, sizes. Repaints only what is new.
 *
 * @param {(id: string, moments: Moment[]) => void} onPast asks for the past, once somebody looks at the run
 */
export function createInside(onPast) {
  const weights = createWeights();
  const layers = createLayers();
  const when = byId("inside-when");
  /** @type {Moment[]} */
  let known = [];
  let recalled = "";
  /** @type {unknown[]} */
  let drawn = [];

  return {
    /** @param {View} view */
    update({ run, tensors, looks, ink, moment, moments, absences }) {
      // While it trains the past is asked for once: what follows comes live.
      const asked = `${run?.id} ${absences}`;
      const wanted = run?.state === "running" ? asked !== recalled : moments !== known;
      if (run && wanted && moments.length > 0) {
        known = moments;
        recalled = asked;
        onPast(run.id, moments);
      }
      const now = [run?.id, tensors, looks, ink, language()];
      if (now.every((part, k) => part === drawn[k])) return;
      drawn = now;
      const iteration = tensors?.iteration.toLocaleString(language());
      write(when, iteration ? t("at iteration {n}", { n: iteration }) : t("nothing to see yet"));
      weights.update(tensors?.images ?? null, ink);
      layers.update(tensors, looks, ink, moment);
    },
  };
}
