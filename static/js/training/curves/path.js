/**
 * A line as an SVG path; where a number is none, the line breaks.
 *
 * @param {{x: number[], y: number[]}} line
 * @param {(value: number) => number} toX pixels from the left
 * @param {(value: number) => number} toY pixels from the top
 * @returns {string}
 */
export function path({ x, y }, toX, toY) {
  let text = "";
  let broken = true;
  for (let k = 0; k < x.length; k += 1) {
    const place = toY(y[k]);
    if (!Number.isFinite(place)) {
      broken = true;
      continue;
    }
    text += `${broken ? "M" : "L"}${tenth(toX(x[k]))},${tenth(place)}`;
    broken = false;
  }
  return text || "M0,0";
}

/** @param {number} value */
export function tenth(value) {
  return Math.round(10 * value) / 10;
}
