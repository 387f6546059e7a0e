/** @import {Tensors} from "../types" */

const MOST = 240;

/**
 * Looks inside in the order of their iterations, never more than `MOST`: when full, every second one goes, so that a
 * run of any length is covered evenly. Weight images are dropped; the histograms stay.
 *
 * @param {Tensors[]} looks
 * @param {Tensors} look
 * @returns {Tensors[]}
 */
export function remember(looks, look) {
  const slim = { ...look, images: null };
  const place = looks.findIndex(({ iteration }) => iteration >= look.iteration);
  if (place < 0) {
    const kept = looks.length < MOST ? looks : looks.filter((_, k) => k % 2 === 0);
    return [...kept, slim];
  }
  const after = looks[place].iteration === look.iteration ? place + 1 : place;
  return [...looks.slice(0, place), slim, ...looks.slice(after)];
}

/**
 * One layer's histograms over time on one scale of values, wide enough for nine tenths of them: a wild start would press
 * all that follows into a line.
 *
 * @param {Tensors[]} looks
 * @param {"activations" | "gradients"} kind
 * @param {string} name
 */
export function overTime(looks, kind, name) {
  const columns = looks.flatMap((look) => {
    const found = look[kind].find((entry) => entry.name === name);
    return found ? [{ iteration: look.iteration, ...found }] : [];
  });
  const low = Math.min(0, 0 - ninth(columns.map((column) => -finite(column.low))));
  const high = Math.max(0, ninth(columns.map((column) => finite(column.high))));
  return { columns, low, high: high > low ? high : low + 1 };
}

/** @param {number[]} values @returns {number} the value that nine tenths do not exceed */
function ninth(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(0.9 * sorted.length) - 1] ?? 0;
}

/** @param {number | string} value */
function finite(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
