/** @import {Figure} from "./plotly.js" */

import { set } from "../../element.js";
import { path, tenth } from "./path.js";
import { loadPlotly } from "./plotly.js";

const COARSE = globalThis.matchMedia?.("(pointer: coarse)").matches ?? false;
/** Milliseconds from one full drawing to the next while a pointer reads the lines, else from the last point to one. */
const FULL = 1000;
/** From one full drawing to the next where an axis has grown: what lies beyond its end is seen so much later. */
const GROWN = 400;
/** How long an empty figure waits for its first line before it takes the place of the one that is there. */
const EMPTY = 200;
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };

/**
 * A plotly figure in an element: drawn when asked, zoomed by dragging, its picture saved. A full drawing by plotly takes
 * longer than a frame should, so while axes stay and only points are added, the lines that are there grow in place, and
 * plotly draws them once they rest or a pointer comes to read them.
 *
 * @param {HTMLElement} host
 * @param {{onZoom: (range: [number, number] | null) => void, onSize: () => void}} listener
 */
export function createChart(host, { onZoom, onSize }) {
  /** @type {any} */
  let plotly = null;
  let asked = false;
  /** @type {Figure | null} */
  let waiting = null;
  let listening = false;
  let frame = "";
  let ranges = "";
  let drawnAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  // Asking the element would lay the page out again in the middle of a repaint.
  let width = host.clientWidth;
  let height = host.clientHeight;
  new ResizeObserver(([{ contentRect }]) => {
    width = Math.floor(contentRect.width);
    height = Math.floor(contentRect.height);
    onSize();
  }).observe(host);
  // What a pointer reads is plotly's own, which knows the points of its last full drawing.
  host.addEventListener("pointerenter", () => {
    if (listening && waiting) full(waiting);
  });

  /** @param {Figure} figure */
  function draw(figure) {
    waiting = figure;
    if (!plotly) return load();
    if (width === 0) return;
    const since = performance.now() - drawnAt;
    const due = rangesOf(figure) !== ranges ? GROWN - since : host.matches(":hover") ? FULL - since : FULL;
    clearTimeout(later);
    if (frameOf(figure) === frame && due > 0 && grow(figure)) {
      later = setTimeout(() => waiting && !document.hidden && full(waiting), due);
      return;
    }
    if (figure.data.length === 0 && listening) {
      later = setTimeout(() => waiting && full(waiting), EMPTY);
      return;
    }
    // The first drawing is the longest: each chart has a task to itself, so that the page stays quick while it opens.
    if (listening) full(figure);
    else later = setTimeout(() => waiting && full(waiting));
  }

  function load() {
    if (asked) return;
    asked = true;
    loadPlotly().then(
      (library) => {
        plotly = library;
        if (waiting) draw(waiting);
      },
      () => {
        asked = false;
      },
    );
  }

  /** What must not have changed for the lines to grow in place. @param {Figure} figure */
  function frameOf({ data, layout }) {
    const { xaxis, yaxis, font, shapes, margin } = /** @type {any} */ (layout);
    const names = data.map((trace) => `${/** @type {any} */ (trace).name} ${/** @type {any} */ (trace).mode}`);
    return JSON.stringify([width, height, Boolean(xaxis.range), yaxis.type, font, shapes, margin, names]);
  }

  /** How far the axes reach. @param {Figure} figure */
  function rangesOf({ layout }) {
    const { xaxis, yaxis } = /** @type {any} */ (layout);
    return JSON.stringify([xaxis.range, yaxis.range]);
  }

  /** @param {Figure} figure @returns {boolean} whether every line was there to grow */
  function grow({ data, layout }) {
    const lines = host.querySelectorAll(".scatterlayer .trace");
    const labels = host.querySelectorAll(".infolayer > .annotation");
    const { xaxis, yaxis, annotations } = /** @type {any} */ (host)._fullLayout ?? {};
    const wanted = /** @type {any} */ (layout).annotations;
    if (lines.length !== data.length || labels.length !== wanted.length || !xaxis) return false;
    belong(layout);
    const toY = (/** @type {number} */ value) => yaxis.l2p(yaxis.d2l(value));
    for (const [k, line] of data.entries()) extend(lines[k], /** @type {any} */ (line), xaxis.l2p, toY);
    // Each label stays at the end of its line.
    labels.forEach((label, k) => {
      const across = xaxis.l2p(wanted[k].x) - xaxis.l2p(annotations[k].x);
      const down = yaxis.l2p(wanted[k].y) - yaxis.l2p(annotations[k].y) - (wanted[k].yshift - annotations[k].yshift);
      set(label, "transform", `translate(${across},${down})`);
    });
    return true;
  }

  /** Say whose lines these are. @param {Figure["layout"]} layout */
  function belong(layout) {
    const run = /** @type {any} */ (layout).uirevision;
    if (host.dataset.run !== run) host.dataset.run = run;
  }

  /** @param {Figure} figure */
  function full(figure) {
    belong(figure.layout);
    drawnAt = performance.now();
    frame = frameOf(figure);
    ranges = rangesOf(figure);
    const size = { width, height, dragmode: COARSE ? false : "zoom" };
    plotly.react(host, figure.data, { ...figure.layout, ...size }, CONFIG);
    if (listening) return;
    listening = true;
    const events = /** @type {any} */ (host);
    events.on("plotly_relayout", (/** @type {Record<string, any>} */ change) => {
      const from = change["xaxis.range[0]"];
      const to = change["xaxis.range[1]"];
      if (typeof from === "number" && typeof to === "number") onZoom([from, to]);
      else if (change["xaxis.autorange"] || "xaxis.range" in change) onZoom(null);
    });
    events.on("plotly_doubleclick", () => onZoom(null));
  }

  /**
   * @param {string} ground colour behind the picture
   * @returns {Promise<string>} the picture's address
   */
  async function picture(ground) {
    const library = await loadPlotly();
    if (!waiting) throw new Error("nothing is drawn yet");
    const size = { width: Math.max(720, width), height: Math.max(400, height) };
    const layout = { ...waiting.layout, paper_bgcolor: ground, ...size };
    return library.toImage({ data: waiting.data, layout }, { format: "png", scale: 2, ...size });
  }

  return {
    draw,
    picture,
    get width() {
      return width;
    },
    get height() {
      return Math.max(60, height - 50);
    },
  };
}

/**
 * Draws a line that plotly drew, and its dots where it has some, through points that have come since.
 *
 * @param {Element} trace plotly's group of the line
 * @param {{x: number[], y: number[]}} line
 * @param {(value: number) => number} toX
 * @param {(value: number) => number} toY
 */
function extend(trace, line, toX, toY) {
  trace.querySelector("path.js-line")?.setAttribute("d", path(line, toX, toY));
  const dots = trace.querySelectorAll(".points > path");
  const last = dots[dots.length - 1];
  line.x.forEach((x, k) => {
    if (!last) return;
    const dot = dots[k] ?? last.parentNode?.appendChild(last.cloneNode());
    set(dot, "transform", `translate(${tenth(toX(x))},${tenth(toY(line.y[k]))})`);
  });
  // The drawing may be that of a longer run.
  for (const dot of [...dots].slice(Math.max(1, line.x.length))) dot.remove();
}
