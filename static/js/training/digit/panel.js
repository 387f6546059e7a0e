/** @import {Prediction, Sample, View} from "../types" */

import { byId, set } from "../../element.js";
import { language, t } from "../../i18n.js";
import { predict } from "../api.js";
import { bytes } from "../inside/scale.js";
import { createAnswer } from "./answer.js";
import { centre } from "./centre.js";
import { latestOnly } from "./latest.js";
import { createPad } from "./pad.js";

/**
 * Draw a digit, or take one of the test images, and see what the network at this moment says to it.
 *
 * @param {(error: unknown) => void} onError
 */
export function createDigit(onError) {
  /** @type {View | null} */
  let view = null;
  /** @type {Float64Array | null} */
  let pixels = null;
  /** What the image is, where it is known; the loss is measured against it, else against the network's own answer. @type {number | null} */
  let label = null;
  /** @type {Prediction | null} */
  let prediction = null;
  /** @type {unknown[]} */
  let asked = [];
  const answer = createAnswer();
  const note = byId("digit-note");
  const pad = createPad({
    onDraw() {
      const { ink, width, height } = pad.read();
      pixels = centre(ink, width, height);
      label = null;
      note.textContent = "";
      ask();
    },
  });
  byId("pad-clear").addEventListener("click", pad.clear);

  const send = latestOnly(
    (/** @type {{id: string, image: Parameters<typeof predict>[1]}} */ { id, image }) => predict(id, image),
    (answered) => {
      prediction = answered;
      repaint();
    },
    onError,
  );

  function ask() {
    if (pixels && view?.run) {
      const image = { pixels: [...pixels], ...(label === null ? {} : { label }) };
      send({ id: view.run.id, image: view.moment === null ? image : { ...image, iteration: view.moment } });
    } else prediction = null;
    repaint();
  }

  function repaint() {
    if (!view) return;
    const otherwise = view.run
      ? t("Draw a digit from 0 to 9.")
      : t("Start a run first: it answers what is drawn here, from its first step on.");
    answer.update(pixels, pixels ? prediction : null, view.ink, otherwise);
  }

  return {
    /** @param {View} now */
    update(now) {
      const before = view;
      view = now;
      pad.wear(now.ink.ink);
      const key = [now.run?.id, now.moment, now.tensors?.iteration, now.absences];
      const fresh = key.some((part, k) => part !== asked[k]);
      asked = key;
      if (fresh && pixels) ask();
      else if (fresh || before?.ink !== now.ink || byId("answer-bars").lang !== language()) repaint();
      set(byId("answer-bars"), "lang", language());
    },
    /** @param {Sample} sample */
    show(sample) {
      const raw = bytes(sample.pixels);
      pad.show(raw);
      pixels = Float64Array.from(raw, (value) => value / 255);
      label = sample.label;
      note.textContent = t("Test image {index}, which is a {label}.", { index: sample.index, label: sample.label });
      ask();
    },
  };
}
