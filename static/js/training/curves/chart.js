/** @import {Figure} from "./plotly.js" */

import { loadPlotly } from "./plotly.js";

const COARSE = globalThis.matchMedia?.("(pointer: coarse)").matches ?? false;
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };

/**
 * A plotly figure in an element: drawn when asked, zoomed by dragging, its picture saved.
 *
 * @param {HTMLElement} host
 * @param {{onZoom: (range: [number, number] | null) => void, onSize: () => void}} listener
 */
export function createChart(host, { onZoom, onSize }) {
  /** @type {any} */
  let plotly = null;
  /** @type {Figure | null} */
  let waiting = null;
  let listening = false;

  loadPlotly().then((library) => {
    plotly = library;
    host.replaceChildren();
    if (waiting) draw(waiting);
  });
  new ResizeObserver(onSize).observe(host);

  /** @param {Figure} figure */
  function draw(figure) {
    waiting = figure;
    if (!plotly || host.clientWidth === 0) return;
    const size = { width: host.clientWidth, height: host.clientHeight, dragmode: COARSE ? false : "zoom" };
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
    const size = { width: Math.max(720, host.clientWidth), height: Math.max(400, host.clientHeight) };
    const layout = { ...waiting.layout, paper_bgcolor: ground, ...size };
    return library.toImage({ data: waiting.data, layout }, { format: "png", scale: 2, ...size });
  }

  return {
    draw,
    picture,
    get width() {
      return host.clientWidth;
    },
    get height() {
      return Math.max(60, host.clientHeight - 50);
    },
  };
}
