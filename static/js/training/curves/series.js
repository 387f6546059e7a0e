/** @import {Scalar} from "../types" */

import { lowerBound } from "./decimate.js";

/**
 * One run's loss curve: growing buffers, so that ten thousand points cost one copy now and then, not one a message.
 * The smoothed curve is an exponential mean whose memory is `span` iterations, corrected for its start. A run that goes
 * on from an earlier checkpoint repeats iterations: the new ones take the place of the old.
 *
 * @typedef {{length: number, iteration: Float64Array, loss: Float64Array, smooth: Float64Array}} Points
 * @typedef {{points: Points, append: (iteration: number[], loss: Scalar[]) => void}} Series
 */

/**
 * @param {number} span how many iterations the smoothed curve remembers
 * @returns {Series}
 */
export function createSeries(span = 100) {
  /** @type {Points} */
  const points = {
    length: 0,
    iteration: new Float64Array(1024),
    loss: new Float64Array(1024),
    smooth: new Float64Array(1024),
  };
  let sum = 0;
  let weight = 0;

  /** @param {number} room */
  function grow(room) {
    for (const name of /** @type {const} */ (["iteration", "loss", "smooth"])) {
      const larger = new Float64Array(room);
      larger.set(points[name].subarray(0, points.length));
      points[name] = larger;
    }
  }

  /** @param {number} k smooth point k from the one before it */
  function smoothen(k) {
    const value = points.loss[k];
    if (Number.isFinite(value)) {
      const keep = Math.exp(-(k === 0 ? 1 : points.iteration[k] - points.iteration[k - 1]) / span);
      sum = keep * sum + (1 - keep) * value;
      weight = keep * weight + (1 - keep);
    }
    points.smooth[k] = weight > 0 ? sum / weight : value;
  }

  /** @param {number} iteration forget it and all after it */
  function rewind(iteration) {
    points.length = lowerBound(points.iteration, points.length, iteration);
    sum = 0;
    weight = 0;
    for (let k = 0; k < points.length; k += 1) smoothen(k);
  }

  return {
    points,
    append(iteration, loss) {
      if (points.length > 0 && iteration[0] <= points.iteration[points.length - 1]) rewind(iteration[0]);
      const needed = points.length + iteration.length;
      if (needed > points.loss.length) grow(Math.max(needed, 2 * points.loss.length));
      for (let k = 0; k < iteration.length; k += 1) {
        points.iteration[points.length] = iteration[k];
        points.loss[points.length] = Number(loss[k]);
        smoothen(points.length);
        points.length += 1;
      }
    },
  };
}
