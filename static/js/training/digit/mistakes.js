/** @import {Cell} from "./confusion.js" */
/** @import {Sample, View} from "../types" */

import { byId, element, set, write } from "../../element.js";
import { language, t } from "../../i18n.js";
import { createTurns } from "../../turns.js";
import { confusion, samples } from "../api.js";
import { bytes, colour, palette } from "../inside/scale.js";
import { show } from "./answer.js";
import { createConfusion } from "./confusion.js";
import { createRow } from "./row.js";

const AT_ONCE = 48;

/**
 * The confusion matrix of the test set, whose cells open the images, and the images the network gets wrong.
 *
 * @param {{onSample: (sample: Sample) => void, onError: (error: unknown) => void}} listener
 */
export function createMistakes({ onSample, onError }) {
  const table = createConfusion(byId("confusion"), open);
  const gallery = byId("mistakes");
  const row = createRow(gallery);
  const title = byId("mistakes-title");
  const all = byId("mistakes-all");
  const more = byId("mistakes-more");
  /** @type {View | null} */
  let view = null;
  /** @type {Cell | null} */
  let cell = null;
  /** @type {Sample[]} */
  let found = [];
  let total = 0;
  /** @type {number[][] | null} */
  let matrix = null;
  /** @type {unknown[]} */
  let asked = [];
  /** @type {unknown[]} */
  let drawn = [];
  const takeTurn = createTurns();

  all.addEventListener("click", () => open(null));
  more.addEventListener("click", () => load(found.length));

  /** @param {Cell | null} wanted */
  function open(wanted) {
    cell = wanted;
    render();
    load(0);
  }

  /** @param {number} offset */
  async function load(offset) {
    if (!view?.run) return;
    const latest = takeTurn();
    try {
      const answer = await samples(view.run.id, { ...cell, limit: AT_ONCE, offset, iteration: view.moment });
      if (!latest()) return;
      found = offset === 0 ? answer.samples : [...found, ...answer.samples];
      total = answer.total;
      render();
    } catch (error) {
      onError(error);
    }
  }

  async function ask() {
    if (!view?.run) return;
    const mine = asked;
    try {
      const answer = await confusion(view.run.id, view.moment);
      if (mine !== asked) return;
      matrix = answer.matrix;
      render();
    } catch (error) {
      onError(error);
    }
    await load(0);
  }

  function render() {
    table.update(matrix, cell);
    const counted = cell
      ? t("{count} test images of a {label} read as {answer}", { count: total, ...cell })
      : t("{count} test images it gets wrong", { count: total });
    write(title, matrix ? counted : t("The images it gets wrong are shown here once it has seen the test set."));
    set(all, "hidden", cell === null);
    set(more, "hidden", found.length >= total);
    const now = [found.map(({ index, answer }) => `${index} ${answer}`).join(), view?.ink, language()];
    if (!view || now.every((part, k) => part === drawn[k])) return;
    drawn = now;
    const ink = palette(colour(view.ink.panel), colour(view.ink.panel), colour(view.ink.ink));
    row.fill(found.map((sample) => picture(sample, ink, onSample)));
  }

  return {
    /** @param {View} now */
    update(now) {
      const before = view;
      view = now;
      const key = [now.run?.id, now.moment, now.run?.metrics.epoch, now.run?.state === "running", now.absences];
      if (key.some((part, k) => part !== asked[k])) {
        if (asked[0] !== key[0]) {
          cell = null;
          found = [];
          matrix = null;
          total = 0;
        }
        asked = key;
        if (now.run && now.run.metrics.epoch !== null) ask();
        else render();
      } else if (before?.ink !== now.ink || gallery.lang !== language()) render();
      set(gallery, "lang", language());
    },
  };
}

/** @param {Sample} sample @param {Uint8ClampedArray} ink @param {(sample: Sample) => void} onSample */
function picture(sample, ink, onSample) {
  const canvas = element("canvas", { width: 28, height: 28 });
  show(canvas, bytes(sample.pixels), ink);
  const words = t("a {label} read as {answer}", { label: sample.label, answer: sample.answer });
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", "aria-label": words, title: words, onclick: () => onSample(sample) },
      canvas,
      `${sample.label} → ${sample.answer}`,
    ),
  );
}
