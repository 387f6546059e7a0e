/** @import {Ink} from "./ink.js" */
/** @import {Log} from "../log.js" */

import { decimate } from "./decimate.js";
import { faint } from "./ink.js";
import { layout, lineEnd, niceEnd, niceLow, niceTop, spread } from "./look.js";
import { smoothed } from "./series.js";

/**
 * One run's line in a figure; the first of a figure is the chosen one, the others stand back.
 *
 * `reach` is the iteration up to which its axis has room; `iterationsPerEpoch` holds as long as the log does not tell.
 *
 * @typedef {{log: Log, name: string, iterations: number, reach: number, iterationsPerEpoch: number}} Line
 * @typedef {{run: string, width: number, height: number, logarithmic: boolean, range: [number, number] | null, marked: number | null,
 *   words: {smoothed: string, iteration: string, loss: string}}} View
 */

const MOST_LABELS = 8;
const MOST_TICKS = 8;
const RUNAWAY = 10;

/**
 * Loss at each iteration (faint) and smoothed (strong), as a plotly figure.
 *
 * @param {Line[]} lines
 * @param {Ink} ink
 * @param {View} view
 */
export function lossFigure(lines, ink, { run, width, height, logarithmic, range, marked, words }) {
  const [from, to] = range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const buckets = Math.max(50, Math.round(width / (lines.length > 4 ? 3 : 1.5)));
  const alone = lines.length <= 1;
  /** @type {object[]} */
  const data = [];
  /** @type {{x: number, y: number, text: string, colour: string}[]} */
  const ends = [];
  let last = 0;
  let end = 0;
  let high = 0;
  let low = Number.POSITIVE_INFINITY;
  let usual = 1;
  /** @param {number[]} losses */
  const measure = (losses) => {
    for (const y of losses) {
      if (y > high && Number.isFinite(y)) high = y;
      if (y < low && y > 0) low = y;
    }
  };
  lines.forEach(({ log, name, iterations, reach }, k) => {
    const { points, smooth } = log.series;
    if (points.length === 0) return;
    const colour = k === 0 ? ink.value : ink.soft;
    const strong = smoothed(log.series, buckets, from, to);
    if (k === 0) {
      const raw = decimate(points.iteration, points.loss, points.length, buckets, from, to);
      data.push({ ...raw, ...drawn(words.loss, faint(colour, alone ? 0.32 : 0.16), 1) });
      if (alone) measure(raw.y);
      usual = Math.max(1, points.loss[0], settled(raw.y));
    }
    const back = k > 0 && lines.length > MOST_LABELS ? { opacity: 0.5 } : {};
    data.push({ ...strong, ...drawn(alone ? words.smoothed : name, colour, k === 0 ? 2.4 : 1.3), ...back });
    measure(strong.y);
    last = Math.max(last, reach, points.iteration[points.length - 1]);
    end = Math.max(end, iterations);
    const y = smooth(points.length - 1);
    ends.push({ x: points.iteration[points.length - 1], y, text: alone ? words.smoothed : name, colour });
  });
  // The chosen run is drawn last, above the others.
  if (!alone) data.push(...data.splice(0, 2));
  // A loss that runs away leaves the picture; where the run spends its time stays readable.
  if (!logarithmic) high = Math.min(high, RUNAWAY * usual);
  const top = high > 0 ? niceTop(1.06 * high) : 2.5;
  const bottom = Number.isFinite(low) ? niceLow(low / 1.2) : 0.001;
  const decades = Math.log10(top / bottom);
  const y = logarithmic
    ? { type: "log", range: [Math.log10(bottom), Math.log10(top)], dtick: Math.ceil(decades / MOST_TICKS), title: "" }
    : { range: [0, top], tickformat: top >= 1e4 && top < 1e13 ? "~s" : "", title: "" };
  const seen = ends.filter((label) => label.y <= top && label.y >= (logarithmic ? bottom : 0));
  return {
    data,
    layout: layout(ink, {
      run,
      x: {
        title: words.iteration,
        range: range ?? [0, niceEnd(last, end || 100)],
        tickformat: last >= 1e6 ? "~s" : ",d",
        tickangle: 0,
        nticks: Math.max(3, Math.floor((width - 200) / 45)),
        hoverformat: ",d",
      },
      y,
      marked,
      unified: lines.length <= MOST_LABELS,
      annotations: labels(range ? [] : seen, height, logarithmic ? [bottom, top] : [0, top], logarithmic),
    }),
  };
}

/**
 * @param {{x: number, y: number, text: string, colour: string}[]} ends
 * @param {number} height of the figure in pixels
 * @param {[number, number]} span
 * @param {boolean} logarithmic
 */
export function labels(ends, height, [low, high], logarithmic) {
  if (ends.length > MOST_LABELS) return ends.slice(0, 1).map((end) => lineEnd({ ...end, shift: 0 }, logarithmic));
  const place = (/** @type {number} */ y) =>
    logarithmic ? Math.log(y / low) / Math.log(high / low) : (y - low) / (high - low);
  const shifts = spread(
    ends.map(({ y }) => place(y) * height),
    15,
  );
  return ends.map((end, k) => lineEnd({ ...end, shift: shifts[k] }, logarithmic));
}

/**
 * Where a run spends its time: the middle of its losses, if the last is of that size; 0 for one that still runs away.
 *
 * @param {number[]} losses
 * @returns {number}
 */
function settled(losses) {
  const sorted = losses.filter((y) => !Number.isNaN(y)).sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (losses.at(-1) ?? 0) <= RUNAWAY * middle && Number.isFinite(middle) ? middle : 0;
}

/** @param {string} name @param {string} colour @param {number} width */
function drawn(name, colour, width) {
  return {
    type: "scatter",
    mode: "lines",
    name,
    line: { color: colour, width },
    hovertemplate: "%{y:.4g}",
  };
}
