/** @import {Figure} from "./plotly.js" */

import { path } from "./path.js";
import { loadPlotly } from "./plotly.js";

const COARSE = globalThis.matchMedia?.("(pointer: coarse)").matches ?? false;
/** Milliseconds from one full drawing to the next while only points are added. */
const FULL = 1000;
/** The same where an axis has grown: what lies beyond its end is seen so much later. */
const GROWN = 400;
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };

/**
 * A plotly figure in an element: drawn when asked, zoomed by dragging, its picture saved. A full drawing by plotly takes
 * longer than a frame should, so while axes stay and only points are added, the lines that are there grow in place.
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

  /** @param {Figure} figure */
  function draw(figure) {
    waiting = figure;
    if (!plotly) return load();
    if (width === 0) return;
    const due = (rangesOf(figure) === ranges ? FULL : GROWN) - (performance.now() - drawnAt);
    clearTimeout(later);
    if (frameOf(figure) === frame && due > 0 && grow(figure)) {
      later = setTimeout(() => waiting && !document.hidden && full(waiting), due);
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
    const names = data.map((trace) => /** @type {any} */ (trace).name);
    return JSON.stringify([width, height, Boolean(xaxis.range), yaxis.type, font, shapes, margin, names]);
  }

  /** How far the axes reach. @param {Figure} figure */
  function rangesOf({ layout }) {
    const { xaxis, yaxis } = /** @type {any} */ (layout);
    return JSON.stringify([xaxis.range, yaxis.range]);
  }

  /** @param {Figure} figure @returns {boolean} whether every line was there to grow */
  function grow({ data, layout }) {
    const lines = host.querySelectorAll(".scatterlayer .trace path.js-line");
    const labels = host.querySelectorAll(".infolayer > .annotation");
    const { xaxis, yaxis, annotations } = /** @type {any} */ (host)._fullLayout ?? {};
    const wanted = /** @type {any} */ (layout).annotations;
    if (lines.length !== data.length || labels.length !== wanted.length || !xaxis) return false;
    data.forEach((line, k) => {
      lines[k].setAttribute(
        "d",
        path(/** @type {any} */ (line), xaxis.l2p, (value) => yaxis.l2p(yaxis.d2l(value))),
      );
    });
    // Each label stays at the end of its line.
    labels.forEach((label, k) => {
      const across = xaxis.l2p(wanted[k].x) - xaxis.l2p(annotations[k].x);
      const down = yaxis.l2p(wanted[k].y) - yaxis.l2p(annotations[k].y) - (wanted[k].yshift - annotations[k].yshift);
      label.setAttribute("transform", `translate(${across},${down})`);
    });
    return true;
  }

  /** @param {Figure} figure */
  function full(figure) {
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
