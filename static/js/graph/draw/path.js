/** @typedef {{x: number, y: number}} Point */

/**
 * The path of an edge: straight pieces with rounded corners.
 *
 * @param {Point[]} points
 * @param {number} [radius]
 * @returns {string}
 */
export function roundedPath(points, radius = 8) {
  const parts = [`M${round(points[0].x)} ${round(points[0].y)}`];
  for (let i = 1; i < points.length - 1; i++) {
    const corner = points[i];
    const r = Math.min(radius, distance(points[i - 1], corner) / 2, distance(corner, points[i + 1]) / 2);
    const before = towards(corner, points[i - 1], r);
    const after = towards(corner, points[i + 1], r);
    parts.push(
      `L${round(before.x)} ${round(before.y)}Q${round(corner.x)} ${round(corner.y)} ${round(after.x)} ${round(after.y)}`,
    );
  }
  const end = points[points.length - 1];
  parts.push(`L${round(end.x)} ${round(end.y)}`);
  return parts.join("");
}

/** @param {Point} a @param {Point} b */
const distance = (a, b) => Math.hypot(b.x - a.x, b.y - a.y);

/** @param {Point} from @param {Point} to @param {number} length @returns {Point} */
function towards(from, to, length) {
  const whole = distance(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;
