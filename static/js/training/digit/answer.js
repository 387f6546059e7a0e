/** @import {Ink} from "../curves/ink.js" */
/** @import {Prediction} from "../types" */

import { byId, element, set, write } from "../../element.js";
import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { colour, paint, palette, quantize } from "../inside/scale.js";

/** The network's answer: the digit, ten probabilities as bars, and the gradient on the pixels. */
export function createAnswer() {
  const label = byId("answer-label");
  const words = byId("answer-text");
  const seen = /** @type {HTMLCanvasElement} */ (byId("answer-seen"));
  const gradient = /** @type {HTMLCanvasElement} */ (byId("answer-gradient"));
  const bars = Array.from({ length: 10 }, (_, digit) => {
    const bar = element("span", { class: "bar" });
    const share = element("span", { class: "share" });
    const row = element("li", {}, element("b", {}, String(digit)), element("span", { class: "track" }, bar), share);
    return { row, bar, share };
  });
  byId("answer-bars").append(...bars.map(({ row }) => row));

  return {
    /** @param {Float64Array | null} pixels @param {Prediction | null} prediction @param {Ink} ink @param {string} otherwise */
    update(pixels, prediction, ink, otherwise) {
      write(label, prediction ? String(prediction.label) : "?");
      const read = prediction && {
        digit: prediction.label,
        share: percent(prediction.probabilities[prediction.label]),
      };
      write(words, read ? t("The network reads {digit}, with probability {share}.", read) : otherwise);
      bars.forEach(({ row, bar, share }, digit) => {
        const probability = prediction?.probabilities[digit] ?? 0;
        set(row, "data-chosen", prediction?.label === digit);
        bar.style.setProperty("transform", `scaleX(${probability})`);
        write(share, probability >= 0.0005 ? percent(probability) : "");
      });
      show(seen, pixels, palette(colour(ink.panel), colour(ink.panel), colour(ink.ink)));
      show(gradient, prediction?.gradient ?? null, palette(colour(ink.gradient), colour(ink.panel), colour(ink.value)));
      const limit = prediction ? quantize(prediction.gradient).limit : 0;
      write(byId("answer-limit"), prediction ? `±${number(limit, 2)}` : "");
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {ArrayLike<number> | null} numbers @param {Uint8ClampedArray} table */
export function show(canvas, numbers, table) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  paint(numbers ? quantize(numbers).steps : new Int8Array(canvas.width * canvas.height), table, image.data);
  context.putImageData(image, 0, 0);
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(share > 0.995 || share < 0.1 ? 1 : 0)}%`;
}
