/** @import {Box, Placement} from "./types" */
/** @typedef {NonNullable<ReturnType<Placement["edges"]["get"]>>} Edge */
import { textWidth } from "./measure.js";

/** The strip along the top of a composite's frame in which its button and its name stand. */
const STRIP = 36;
const INSET = 8;
const BUTTON = 32;

/**
 * How far from its left side a composite's frame carries its name: where no line and no number passes, since lines that
 * go down enter through that strip.
 *
 * @param {Box} frame
 * @param {string} name
 * @param {Placement["edges"]} edges
 * @returns {number}
 */
export function headOf(frame, name, edges) {
  const wanted = BUTTON + textWidth(name);
  const bottom = frame.y + STRIP;
  const right = frame.x + frame.width - INSET;
  const crossings = [...edges.values()]
    .flatMap(stretches)
    .filter(([x, end, y, low]) => end > frame.x && x < right && low > frame.y && y < bottom)
    .sort((a, b) => a[0] - b[0]);
  let best = { from: frame.x + INSET, room: 0 };
  let from = frame.x + INSET;
  for (const [x, end] of [...crossings, [right + INSET, right]]) {
    const room = x - INSET - from;
    if (room >= wanted) return from - frame.x;
    if (room > best.room) best = { from, room };
    from = Math.max(from, end + INSET);
  }
  return best.from - frame.x;
}

/** What an edge covers: left, right, top and bottom of each of its lines and of its numbers. @param {Edge} edge */
function stretches({ points, label }) {
  const lines = points.slice(1).map((point, i) => {
    const { x, y } = points[i];
    return [Math.min(x, point.x), Math.max(x, point.x), Math.min(y, point.y), Math.max(y, point.y)];
  });
  if (label) lines.push([label.x, label.x + label.width, label.y, label.y + label.height]);
  return lines;
}
