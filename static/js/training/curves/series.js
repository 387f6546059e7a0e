/** @import {Scalar} from "../types" */

import { lowerBound } from "./decimate.js";

/**
 * One run's loss curve: growing buffers, so that ten thousand points cost one copy now and then, not one a message. A run
 * of millions of steps is thinned, so that memory stays flat. A run that goes on from an earlier checkpoint repeats
 * iterations: the new ones take the place of the old.
 *
 * Each point also carries the sum (`mass`) of the finite losses it stands for and their number (`many`), and each block
 * of points the sums of its own: the mean over any window is a short sum. It is never the difference of two long ones,
 * which one loss of 1e30 would spoil for good.
 *
 * @typedef {{length: number, iteration: Float64Array, loss: Float64Array, mass: Float64Array, many: Float64Array}} Points
 * @typedef {object} Series
 * @property {Points} points
 * @property {(iteration: number[], loss: Scalar[]) => void} append
 * @property {(k: number) => number} smooth mean loss around point k
 */

/** Points kept here at most; every one is in the server's log. */
const MOST = 200_000;
const BLOCK = 64;
const COLUMNS = /** @type {const} */ (["iteration", "loss", "mass", "many"]);

/**
 * @param {number} [span] how many iterations the smoothed curve averages; left out, a fiftieth of those there are
 * @returns {Series}
 */
export function createSeries(span) {
  /** @type {Points} */
  const points = {
    length: 0,
    iteration: new Float64Array(1024),
    loss: new Float64Array(1024),
    mass: new Float64Array(1024),
    many: new Float64Array(1024),
  };
  const blocks = { mass: new Float64Array(MOST / BLOCK + 1), many: new Float64Array(MOST / BLOCK + 1) };

  /** @param {number} room */
  function grow(room) {
    for (const name of COLUMNS) {
      const larger = new Float64Array(room);
      larger.set(points[name].subarray(0, points.length));
      points[name] = larger;
    }
  }

  /** Sums of the blocks from the one that holds point `from`. @param {number} from */
  function add(from) {
    for (let block = Math.floor(from / BLOCK); block * BLOCK < points.length; block += 1) {
      const end = Math.min(points.length, (block + 1) * BLOCK);
      blocks.mass[block] = sum(points.mass, block * BLOCK, end);
      blocks.many[block] = sum(points.many, block * BLOCK, end);
    }
  }

  /** Of every four points the lowest and the highest stay; each stands for half of the four. */
  function thin() {
    let kept = 0;
    for (let k = 0; k < points.length; k += 4) {
      const end = Math.min(k + 4, points.length);
      let low = k;
      let high = k;
      for (let other = k + 1; other < end; other += 1) {
        if (points.loss[other] < points.loss[low]) low = other;
        if (points.loss[other] > points.loss[high]) high = other;
      }
      const places = low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
      const mass = sum(points.mass, k, end) / places.length;
      const many = sum(points.many, k, end) / places.length;
      for (const place of places) {
        points.iteration[kept] = points.iteration[place];
        points.loss[kept] = points.loss[place];
        points.mass[kept] = mass;
        points.many[kept] = many;
        kept += 1;
      }
    }
    points.length = kept;
    add(0);
  }

  /** @param {"mass" | "many"} name @param {number} from @param {number} to */
  function between(name, from, to) {
    const first = Math.ceil(from / BLOCK);
    const last = Math.floor(to / BLOCK);
    if (first >= last) return sum(points[name], from, to);
    return (
      sum(points[name], from, first * BLOCK) + sum(blocks[name], first, last) + sum(points[name], last * BLOCK, to)
    );
  }

  return {
    points,
    append(iteration, loss) {
      if (points.length + iteration.length > MOST) thin();
      points.length = lowerBound(points.iteration, points.length, iteration[0] ?? Number.POSITIVE_INFINITY);
      const needed = points.length + iteration.length;
      if (needed > points.loss.length) grow(Math.max(needed, 2 * points.loss.length));
      const from = points.length;
      for (let k = 0; k < iteration.length; k += 1) {
        const place = points.length;
        const value = Number(loss[k]);
        const counts = Number.isFinite(value);
        points.iteration[place] = iteration[k];
        points.loss[place] = value;
        points.mass[place] = counts ? value : 0;
        points.many[place] = counts ? 1 : 0;
        points.length = place + 1;
      }
      add(from);
    },
    smooth(k) {
      const { iteration, length } = points;
      const wide = span ?? Math.max(20, (iteration[length - 1] - iteration[0]) / 50);
      // As wide on both sides where it can be, so that the curve does not lag; at the start it narrows.
      const half = Math.min(wide / 2, iteration[k] - iteration[0]);
      const first = lowerBound(iteration, length, iteration[k] - half);
      const after = lowerBound(iteration, length, iteration[k] + half + 1e-9);
      const many = between("many", first, after);
      return many > 0 ? between("mass", first, after) / many : points.loss[k];
    },
  };
}

/** @param {Float64Array} numbers @param {number} from @param {number} to */
function sum(numbers, from, to) {
  let total = 0;
  for (let k = from; k < to; k += 1) total += numbers[k];
  return total;
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
