/** @import {Ink} from "./ink.js" */
/** @import {Line} from "./loss.js" */

import { layout, niceEnd } from "./look.js";
import { labels } from "./loss.js";

const FEW = 4;
/** Epochs that the axis has room for from the beginning. */
const LEAST = 5;

/**
 * Accuracy on all training and all test images at each epoch, test dashed, from 0 to 1, as in the book.
 *
 * @param {Line[]} lines
 * @param {Ink} ink
 * @param {{run: string, height: number, range: [number, number] | null, marked: number | null, words: {train: string, test: string, epoch: string}}} view
 */
export function accuracyFigure(lines, ink, { run, height, range, marked, words }) {
  const alone = lines.length <= 1;
  /** @type {object[]} */
  const data = [];
  /** @type {{x: number, y: number, text: string, colour: string}[]} */
  const ends = [];
  let last = 0;
  let whole = 0;
  lines.forEach(({ log, name, iterations, reach, iterationsPerEpoch }, k) => {
    if (log.epochs.length === 0) return;
    const colour = k === 0 ? ink.value : ink.soft;
    const x = log.epochs.map(({ epoch }) => epoch);
    const train = log.epochs.map((epoch) => epoch.train_accuracy);
    const test = log.epochs.map((epoch) => epoch.test_accuracy);
    const mode = x.length > 40 ? "lines" : "lines+markers";
    const size = k === 0 ? 5 : 3;
    const common = {
      type: "scatter",
      x,
      mode,
      marker: { size, color: colour },
      cliponaxis: range !== null,
      hovertemplate: "%{y:.4f}",
    };
    // Of a few runs the gap between training and test can be seen; of many it would be a thicket.
    if (k === 0 || lines.length <= FEW) {
      const whose = alone ? words.train : `${name} (${words.train})`;
      data.push({ ...common, y: train, name: whose, line: { color: colour, width: k === 0 ? 2 : 1.2 } });
    }
    const dashed = { color: colour, width: k === 0 ? 2 : 1.2, dash: "dash" };
    const label = alone ? words.test : `${name} (${words.test})`;
    data.push({ ...common, y: test, name: label, line: dashed });
    const end = x[x.length - 1];
    const each = end > 0 ? log.epochs[x.length - 1].iteration / end : iterationsPerEpoch;
    last = Math.max(last, end, Math.floor((reach - 1) / each));
    whole = Math.max(whole, end, Math.floor((iterations - 1) / each));
    if (alone) ends.push({ x: end, y: train[train.length - 1], text: words.train, colour });
    ends.push({ x: end, y: test[test.length - 1] - (alone ? 1e-9 : 0), text: alone ? words.test : name, colour });
  });
  const [from, to] = range ?? [0, Math.min(Math.max(LEAST, last > 0 ? niceEnd(last, whole) : 0), whole || LEAST)];
  return {
    data,
    layout: layout(ink, {
      run,
      x: {
        title: words.epoch,
        range: [from, to],
        // There is no half an epoch.
        dtick: to - from <= LEAST ? 1 : undefined,
        tickformat: ",d",
      },
      y: { range: [0, 1.02], dtick: 0.2, title: "" },
      marked,
      unified: lines.length <= 8,
      annotations: labels(range ? [] : ends, height, [0, 1.02], false),
    }),
  };
}
