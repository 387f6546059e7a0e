/** @import {Box, Direction} from "../types" */
import { svg } from "./element.js";

const LARGEST = 1.4;
/** Numbers are 14 units high: at this zoom they are 12 pixels on the screen. */
const READABLE = 12 / 14;
/** Where a graph is shown smaller than that, its texts grow in it by up to so much: they stay 12 pixels high. */
const GROWTH = 1.5;
/** So small a graph may be shown if it is then seen whole; not on a phone. Below this its texts are left out. */
const WHOLE = READABLE / GROWTH;
const PHONE = 600;
const MARGIN = 20;
const GLIDE = 300;

/**
 * What of the drawing is seen: panned, zoomed, fitted.
 *
 * @param {SVGSVGElement} root
 * @param {SVGGElement[]} layers
 * @param {(view: {x: number, y: number, k: number} | null) => void} seen told what a person panned or zoomed to, null for all of it
 */
export function createViewport(root, layers, seen) {
  // Read before anything is added: the page is laid out already.
  /** @type {{width: number, height: number}} */
  let frame = root.getBoundingClientRect();
  const content = svg("g", { class: "viewport" }, ...layers);
  root.append(content);
  const selection = /** @type {any} */ (d3.select(root));
  /** @type {{width: number, height: number}} */
  let size = { width: 1, height: 1 };
  let moved = () => {};
  let resized = () => {};
  new ResizeObserver(() => {
    frame = root.getBoundingClientRect();
    hint();
    moved();
    resized();
  }).observe(root);
  /** @returns {Direction} down where the screen is too narrow for a line of nodes */
  const direction = () => (frame.width > 0 && frame.width < PHONE ? "down" : "right");
  const isWhole = () => {
    const { k } = d3.zoomTransform(root);
    return size.width * k <= frame.width && size.height * k <= frame.height;
  };
  const around = root.parentElement?.classList;
  /** Where the drawing goes on beyond a side, that side fades. */
  function hint() {
    const { x, y, k } = d3.zoomTransform(root);
    around?.toggle("goes-on-left", x < 0);
    around?.toggle("goes-on-right", x + size.width * k > frame.width + 1);
    around?.toggle("goes-on-up", y < 0);
    around?.toggle("goes-on-down", y + size.height * k > frame.height + 1);
  }
  /** Let the texts be read at this zoom, or leave them out. @param {number} k */
  function legible(k) {
    const growth = Math.min(Math.max(READABLE / k, 1), GROWTH).toFixed(3);
    if (root.style.getPropertyValue("--growth") !== growth) root.style.setProperty("--growth", growth);
    root.classList.toggle("is-small", k < READABLE - 0.001);
    root.classList.toggle("is-far", k < WHOLE - 0.001);
  }
  /** What is seen: as it was opened, all of it, or what a person moved to. @type {"opened" | "all" | "own"} */
  let kept = "opened";
  /** A person has found how to see more. @param {{x: number, y: number, k: number} | null} view */
  function look(view) {
    around?.remove("opened-in-part");
    kept = "own";
    seen(view);
  }
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /** @type {unknown} */
  let begun;
  const zoom = /** @type {any} */ (d3.zoom())
    .scaleExtent([0.05, 4])
    .clickDistance(4)
    // A finger on a drawing that is seen whole scrolls the page; two fingers zoom it.
    .filter((/** @type {any} */ event) => !event.button && !(event.touches?.length === 1 && isWhole()))
    .on("zoom", (/** @type {any} */ event) => {
      content.setAttribute("transform", event.transform);
      legible(event.transform.k);
      root.classList.toggle("is-whole", isWhole());
      hint();
      moved();
    })
    .on("start", (/** @type {any} */ event) => {
      begun = event.transform;
    })
    .on("end", (/** @type {any} */ event) => {
      // A press that moved nothing is a click.
      if (event.sourceEvent && event.transform !== begun)
        look({ x: event.transform.x, y: event.transform.y, k: event.transform.k });
    });
  selection.call(zoom).on("dblclick.zoom", null);

  /** @param {any} transform @param {boolean} glide */
  function move(transform, glide) {
    if (glide && !still.matches) selection.transition().duration(GLIDE).call(zoom.transform, transform);
    else selection.call(zoom.transform, transform);
  }

  const wholeScale = () =>
    Math.min(LARGEST, (frame.width - MARGIN) / size.width, (frame.height - MARGIN) / size.height);
  /** Whether it can be seen whole and still be read. */
  const fits = () => wholeScale() >= (direction() === "down" ? READABLE : WHOLE);

  /** @param {{all: boolean, glide: boolean}} how */
  function fit({ all, glide }) {
    frame = root.getBoundingClientRect();
    const { width, height } = frame;
    if (width === 0 || height === 0) return;
    const whole = wholeScale();
    kept = all ? "all" : "opened";
    const part = !all && !fits();
    const k = part ? Math.max(whole, READABLE) : whole;
    around?.toggle("opened-in-part", part && (size.width * k > width + 1 || size.height * k > height + 1));
    const x = size.width * k > width ? MARGIN / 2 : (width - size.width * k) / 2;
    const y = size.height * k > height ? MARGIN / 2 : (height - size.height * k) / 2;
    move(d3.zoomIdentity.translate(x, y).scale(k), glide);
  }

  return {
    direction,
    fits,
    /** @param {() => void} call what is to know that there is more or less room */
    onResize(call) {
      resized = call;
    },
    /** @param {() => void} call what is to know that something else is seen */
    onMove(call) {
      moved = call;
    },
    /** What of the drawing is seen. @returns {Box} */
    window() {
      const { x, y, k } = d3.zoomTransform(root);
      return { x: -x / k, y: -y / k, width: frame.width / k, height: frame.height / k };
    },
    /** Tell how large the drawing is. @param {{width: number, height: number}} next */
    bound(next) {
      size = { width: next.width, height: next.height };
      root.style.setProperty("--drawn-height", `${Math.ceil(size.height * READABLE) + MARGIN}px`);
      zoom.translateExtent([
        [-size.width, -size.height],
        [2 * size.width, 2 * size.height],
      ]);
      hint();
    },
    /** Show it all. */
    fit() {
      look(null);
      fit({ all: true, glide: true });
    },
    /** Show it at a size that can be read, from its beginning where it is too large. @param {boolean} glide */
    open: (glide) => fit({ all: false, glide }),
    /** There is more or less room: show as before what nobody moved. @returns {boolean} whether nobody did */
    again() {
      if (kept === "own") return false;
      fit({ all: kept === "all", glide: false });
      return true;
    },
    /** Show what a link asked for. @param {{x: number, y: number, k: number}} view */
    show({ x, y, k }) {
      kept = "own";
      around?.remove("opened-in-part");
      move(d3.zoomIdentity.translate(x, y).scale(k), false);
    },
    /** @param {number} factor */
    scale(factor) {
      const tell = () => {
        const { x, y, k } = d3.zoomTransform(root);
        look({ x, y, k });
      };
      if (still.matches) {
        selection.call(zoom.scaleBy, factor);
        tell();
      } else
        selection
          .transition()
          .duration(GLIDE / 2)
          .call(zoom.scaleBy, factor)
          .on("end", tell);
    },
    /** Bring a box into sight, moving as little as possible. @param {Box} box @param {number} [room] what must be seen around it */
    reveal(box, room = 110) {
      const { width, height } = root.getBoundingClientRect();
      const { x, y, k } = d3.zoomTransform(root);
      const dx = shift(box.x * k + x, (box.x + box.width) * k + x, width, Math.min(room * k, width / 4));
      const dy = shift(box.y * k + y, (box.y + box.height) * k + y, height, Math.min(room * k * 0.5, height / 4));
      if (dx !== 0 || dy !== 0) move(d3.zoomIdentity.translate(x + dx, y + dy).scale(k), true);
    },
  };
}

/** How far a stretch must move to lie inside a length with a margin. @param {number} start @param {number} end @param {number} length @param {number} margin */
function shift(start, end, length, margin) {
  if (start < margin) return margin - start;
  return end > length - margin ? Math.max(length - margin - end, margin - start) : 0;
}
