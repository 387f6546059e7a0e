/** @import {Ink} from "./ink.js" */

/** Pixels at the right that labels may take. */
const WIDEST = 120;

/**
 * Plotly in the tokens' dress: transparent ground, hairline grid, ink text, no legend (lines are labelled directly).
 *
 * @param {Ink} ink
 * @param {{run: string, x: object, y: object, annotations?: object[], unified?: boolean, marked?: number | null}} parts
 *   marked: where a line across marks the moment travelled to
 */
export function layout(ink, { run, x, y, annotations = [], unified = true, marked = null }) {
  const axis = {
    gridcolor: ink.line,
    gridwidth: 1,
    linecolor: ink.line,
    zeroline: false,
    tickfont: { size: 12, color: ink.soft },
    fixedrange: false,
    automargin: false,
    // Plotly writes powers with inline styles, which the page's policy forbids.
    exponentformat: "e",
    spikecolor: ink.soft,
    spikethickness: 1,
    spikedash: "solid",
  };
  return {
    autosize: true,
    margin: { l: 44, r: room(annotations), t: 10, b: 40 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: ink.font, size: 13, color: ink.ink },
    showlegend: false,
    hovermode: unified ? "x unified" : "closest",
    hoverlabel: { bgcolor: ink.panel, bordercolor: ink.line, font: { family: ink.font, size: 13, color: ink.ink } },
    uirevision: run,
    xaxis: { ...axis, showgrid: false, showline: true, ...x, title: title(x, ink) },
    yaxis: { ...axis, showline: false, ...y, title: undefined },
    annotations,
    shapes: marked === null ? [] : [upright(marked, ink)],
  };
}

/** @param {object[]} annotations @returns {number} pixels at the right for the longest label */
function room(annotations) {
  const longest = Math.max(0, ...annotations.map((label) => widthOf(/** @type {{text: string}} */ (label).text)));
  return Math.min(WIDEST, Math.max(24, longest + 14));
}

/** @param {string} text @returns {string} as much of it as the room at the right holds */
function cut(text) {
  let short = text;
  while (widthOf(short) > WIDEST - 14) short = `${[...short].slice(0, -2).join("").trimEnd()}…`;
  return short;
}

/** @param {string} text @returns {number} about so many pixels; ideographs are wide */
function widthOf(text) {
  return [...text].reduce((width, letter) => width + (letter > "\u2fff" ? 12.5 : 7), 0);
}

/** @param {number} x @param {Ink} ink */
function upright(x, ink) {
  return { type: "line", x0: x, x1: x, y0: 0, y1: 1, yref: "paper", line: { color: ink.ink, width: 1.2 } };
}

/** @param {object} axis @param {Ink} ink */
function title(axis, ink) {
  const text = /** @type {{title?: string}} */ (axis).title ?? "";
  return { text, font: { size: 12, color: ink.soft }, standoff: 6 };
}

/**
 * @param {{x: number, y: number, text: string, colour: string, shift: number}} label
 * @param {boolean} [logarithmic] plotly wants the exponent on a logarithmic axis
 */
export function lineEnd({ x, y, text, colour, shift }, logarithmic = false) {
  return {
    x,
    y: logarithmic ? Math.log10(y) : y,
    text: cut(text),
    showarrow: false,
    xanchor: "left",
    xshift: 6,
    yshift: shift,
    font: { size: 12, color: colour },
  };
}

/**
 * The end of an axis that holds `last` and grows in steps, so that a live curve does not shift under the eye.
 *
 * @param {number} last
 * @param {number} end never beyond this
 */
export function niceEnd(last, end) {
  if (!(last > 0)) return Math.min(end, 100);
  const size = 10 ** Math.floor(Math.log10(last));
  const step = [1, 2, 5, 10].find((part) => part * size > last) ?? 10;
  return Math.min(end, step * size);
}

/**
 * The top of an axis that holds `high`, rounded up: losses a little higher than the last run's need no other axis.
 *
 * @param {number} high
 */
export function niceTop(high) {
  const step = 10 ** Math.floor(Math.log10(high)) / 2;
  return step * Math.ceil(high / step);
}

/**
 * The bottom of a logarithmic axis that holds `low`: 1, 2 or 5 times a power of ten.
 *
 * @param {number} low
 */
export function niceLow(low) {
  const size = 10 ** Math.floor(Math.log10(low));
  return size * ([5, 2].find((part) => part * size <= low) ?? 1);
}

/**
 * How far each label must move up (in pixels) so that none covers another; the order by height is kept.
 *
 * @param {number[]} heights pixels above the axis
 * @param {number} gap
 * @returns {number[]}
 */
export function spread(heights, gap) {
  const order = heights.map((_, k) => k).sort((a, b) => heights[a] - heights[b]);
  const placed = [...heights];
  for (let pass = 0; pass < 2 * order.length; pass += 1) {
    let moved = false;
    for (let k = 1; k < order.length; k += 1) {
      const overlap = gap - (placed[order[k]] - placed[order[k - 1]]);
      if (overlap <= 0.5) continue;
      placed[order[k]] += overlap / 2;
      placed[order[k - 1]] -= overlap / 2;
      moved = true;
    }
    if (!moved) break;
  }
  return placed.map((height, k) => height - heights[k]);
}
