/** @import {Scalar} from "../types" */

import { lowerBound } from "./decimate.js";

/**
 * One run's loss curve: growing buffers, so that ten thousand points cost one copy now and then, not one a message. Sums
 * so far stand beside the losses, so that the mean over any window is one subtraction. A run of millions of steps is thinned, so that memory stays flat. A run that goes on from an
 * earlier checkpoint repeats iterations: the new ones take the place of the old.
 *
 * @typedef {{length: number, iteration: Float64Array, loss: Float64Array, sum: Float64Array, count: Float64Array}} Points
 * @typedef {object} Series
 * @property {Points} points
 * @property {(iteration: number[], loss: Scalar[]) => void} append
 * @property {(k: number) => number} smooth mean loss around point k
 */

/** Points kept here at most; every one is in the server's log. */
const MOST = 200_000;

/**
 * @param {number} span how many iterations the smoothed curve averages
 * @returns {Series}
 */
export function createSeries(span = 100) {
  /** @type {Points} */
  const points = {
    length: 0,
    iteration: new Float64Array(1024),
    loss: new Float64Array(1024),
    sum: new Float64Array(1024),
    count: new Float64Array(1024),
  };

  /** @param {number} room */
  function grow(room) {
    for (const name of /** @type {const} */ (["iteration", "loss", "sum", "count"])) {
      const larger = new Float64Array(room);
      larger.set(points[name].subarray(0, points.length));
      points[name] = larger;
    }
  }

  /** Of every four points the lowest and the highest stay; the sums beside them still count all four. */
  function thin() {
    let kept = 0;
    for (let k = 0; k < points.length; k += 4) {
      let low = k;
      let high = k;
      for (let other = k + 1; other < Math.min(k + 4, points.length); other += 1) {
        if (points.loss[other] < points.loss[low]) low = other;
        if (points.loss[other] > points.loss[high]) high = other;
      }
      for (const place of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) {
        for (const name of /** @type {const} */ (["iteration", "loss", "sum", "count"])) {
          points[name][kept] = points[name][place];
        }
        kept += 1;
      }
    }
    points.length = kept;
  }

  return {
    points,
    append(iteration, loss) {
      if (points.length + iteration.length > MOST) thin();
      points.length = lowerBound(points.iteration, points.length, iteration[0] ?? Number.POSITIVE_INFINITY);
      const needed = points.length + iteration.length;
      if (needed > points.loss.length) grow(Math.max(needed, 2 * points.loss.length));
      for (let k = 0; k < iteration.length; k += 1) {
        const place = points.length;
        const value = Number(loss[k]);
        const counts = Number.isFinite(value);
        points.iteration[place] = iteration[k];
        points.loss[place] = value;
        points.sum[place] = (place > 0 ? points.sum[place - 1] : 0) + (counts ? value : 0);
        points.count[place] = (place > 0 ? points.count[place - 1] : 0) + (counts ? 1 : 0);
        points.length = place + 1;
      }
    },
    smooth(k) {
      const { iteration, length, sum, count } = points;
      // As wide on both sides where it can be, so that the curve does not lag; at the start it narrows.
      const half = Math.min(span / 2, iteration[k] - iteration[0]);
      const first = lowerBound(iteration, length, iteration[k] - half);
      const last = lowerBound(iteration, length, iteration[k] + half + 1e-9) - 1;
      const many = count[last] - (first > 0 ? count[first - 1] : 0);
      return many > 0 ? (sum[last] - (first > 0 ? sum[first - 1] : 0)) / many : points.loss[k];
    },
  };
}

/**
 * The smoothed curve at `most` points evenly spread, ends included.
 *
 * @param {Series} series
 * @param {number} most
 * @param {number} [from]
 * @param {number} [to]
 * @returns {{x: number[], y: number[]}}
 */
export function smoothed({ points, smooth }, most, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY) {
  const start = Math.max(0, lowerBound(points.iteration, points.length, from) - 1);
  const end = Math.min(points.length, lowerBound(points.iteration, points.length, to) + 1);
  const count = Math.min(end - start, most);
  /** @type {{x: number[], y: number[]}} */
  const drawn = { x: [], y: [] };
  for (let k = 0; k < count; k += 1) {
    const place = count > 1 ? start + Math.round((k * (end - 1 - start)) / (count - 1)) : start;
    drawn.x.push(points.iteration[place]);
    drawn.y.push(smooth(place));
  }
  return drawn;
}
