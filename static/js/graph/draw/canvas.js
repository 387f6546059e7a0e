/** @import {Box, Event, Placement, State} from "../types" */
/** @import {Scene} from "../scene.js" */
import { OUTPUT } from "../layout.js";
import { lookOf } from "../measure.js";
import { LARGE } from "../places.js";
import { createEdge } from "./edge.js";
import { svg } from "./element.js";
import { depart, glide, journeys } from "./glide.js";
import { createGroup } from "./group.js";
import { createNode } from "./node.js";
import { createOutput } from "./output.js";
import { createViewport } from "./viewport.js";

/**
 * The drawing of a graph: what stands in a scene, at the places of a layout.
 *
 * @param {SVGSVGElement} root
 * @param {(event: Event) => void} emit
 */
export function createCanvas(root, emit) {
  const layers = ["groups", "edges", "nodes", "tokens"].map((name) => svg("g", { class: name }));
  const [groupLayer, edgeLayer, nodeLayer, tokens] = layers;
  const viewport = createViewport(root, layers, (view) => emit({ type: "view/changed", view }));
  const groups = createLayer(groupLayer, (/** @type {string} */ id) => createGroup(id, emit));
  const edges = createLayer(edgeLayer, (/** @type {string} */ key) => createEdge(key === OUTPUT ? null : key, emit));
  const nodes = createLayer(nodeLayer, (/** @type {Scene["nodes"][number]} */ node) => createNode(node, emit));
  const output = createLayer(nodeLayer, createOutput);
  /** @type {{scene: Scene, placement: Placement} | null} */
  let last = null;
  /** The room each edge of a large graph takes. @type {Map<string, Box>} */
  let bounds = new Map();

  /** @type {{scene: Scene, draft: State["draft"], say: (message: string) => string} | null} */
  let shown = null;
  const large = () => (last?.scene.nodes.length ?? 0) > LARGE;
  /** A large graph is painted where it is seen; what is out of sight follows when the hand rests. */
  const rest = atRest(() => paint(null));
  viewport.onMove(() => {
    if (!large()) return;
    sight();
    paint(viewport.window());
  });

  /** Leave out what of a large graph is far out of sight; its nodes still take the focus. */
  function sight() {
    const { x, y, width, height } = viewport.window();
    const near = { x: x - width / 4, y: y - height / 4, width: width * 1.5, height: height * 1.5 };
    for (const [key, box] of bounds) edges.get(key)?.show(meet(near, box));
    for (const [id, box] of last?.placement.nodes ?? []) nodes.get(id)?.show(meet(near, box));
  }

  /** @param {Box | null} window what is seen, null for everything */
  function paint(window) {
    if (!shown || !last) return;
    const { scene, draft, say } = shown;
    const places = last.placement;
    for (const node of scene.nodes) {
      if (window && !meet(window, places.nodes.get(node.id))) continue;
      nodes.get(node.id)?.update(node, draft?.node === node.id ? say(draft.message) : null);
    }
    for (const edge of scene.edges) {
      if (!window || meet(window, bounds.get(edge.key))) edges.get(edge.key)?.update(edge);
    }
    for (const group of scene.groups) groups.get(group.id)?.update(group);
    const { figure: value, ...end } = scene.output;
    const current = scene.current?.pass === "seed";
    edges.get(OUTPUT)?.update({ ...end, value, chosen: false, current, accessible: () => "" });
    output.get(OUTPUT)?.update(scene.output);
  }

  root.addEventListener("click", (event) => {
    if (event.target === root) emit({ type: "choice/cleared" });
  });

  return {
    viewport,
    tokens,
    /** Draw a scene whose topology is new, at its places. @param {Scene} scene @param {Placement} placement @param {boolean} related whether it grew out of the last one */
    draw(scene, placement, related) {
      const journey = related && last ? journeys(last.scene, last.placement, scene, placement) : null;
      if (journey) glide(root);
      else root.classList.remove("is-drawn");
      groups.sync(scene.groups.map(({ id }) => ({ key: id, look: "", item: id })));
      edges.sync([...scene.edges.map(({ key }) => key), OUTPUT].map((key) => ({ key, look: "", item: key })));
      const outside = scene.nodes.filter((node) => node.inside === null);
      const inside = scene.nodes.filter((node) => node.inside !== null);
      const wanted = [...outside, ...inside].map((node) => ({ key: node.id, look: lookOf(node), item: node }));
      const fresh = nodes.sync(wanted, (id, element) => depart(element, journey?.leaving.get(id)));
      output.sync([{ key: OUTPUT, look: String(scene.output.figure?.shape), item: scene.output }]);
      for (const id of fresh) {
        const box = journey?.entering.get(id) ?? last?.placement.nodes.get(id);
        if (box) nodes.get(id)?.place(box);
      }
      if (journey) root.getBoundingClientRect();
      for (const [id, box] of placement.nodes) (id === OUTPUT ? output : nodes).get(id)?.place(box);
      for (const [key, place] of placement.edges) edges.get(key)?.place(place, placement.direction);
      for (const [id, box] of placement.groups) groups.get(id)?.place(box);
      last = { scene, placement };
      bounds = large() ? new Map([...placement.edges].map(([key, place]) => [key, boundsOf(place)])) : new Map();
      viewport.bound(placement);
      root.classList.toggle("is-down", placement.direction === "down");
      root.classList.add("is-drawn");
      performance.mark("graph/drawn");
    },
    /**
     * Show a scene of the same topology: texts and marks change where they stand.
     *
     * @param {Scene} scene
     * @param {State["draft"]} draft
     * @param {(message: string) => string} say
     */
    update(scene, draft, say) {
      shown = { scene, draft, say };
      if (!large()) paint(null);
      else {
        paint(viewport.window());
        rest();
      }
    },
    /** The line of an edge, for what travels along it. @param {string} key */
    wire: (key) => edges.get(key)?.wire ?? null,
    /** @param {string} id */
    boxOf: (id) => last?.placement.nodes.get(id) ?? null,
    /** @param {string} id */
    focus: (id) => nodes.get(id)?.element.focus(),
  };
}

const REST = 300;

/** A call that is made once nobody has asked for it for a while. @param {() => void} call */
function atRest(call) {
  let timer = 0;
  return () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(call, REST);
  };
}

/** @param {{points: {x: number, y: number}[], label: Box | null}} place @returns {Box} */
function boundsOf({ points, label }) {
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  if (label) ys.push(label.y, label.y + label.height);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** @param {Box} a @param {Box | null | undefined} b */
const meet = (a, b) =>
  !b || (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height);

/**
 * Drawn things by key: what is new or looks different is made, what is gone is removed, the rest stays and keeps its focus.
 *
 * @template T
 * @template {{element: SVGElement}} D
 * @param {Element} parent
 * @param {(item: T) => D} create
 */
function createLayer(parent, create) {
  /** @type {Map<string, {drawn: D, look: string}>} */
  const known = new Map();
  return {
    /** @param {string} key */
    get: (key) => known.get(key)?.drawn,
    /**
     * @param {{key: string, look: string, item: T}[]} wanted
     * @param {(key: string, element: SVGElement) => void} [depart] how what is gone leaves
     * @returns {string[]} the keys of what is new
     */
    sync(wanted, depart = (_key, element) => element.remove()) {
      const fresh = [];
      const looks = new Map(wanted.map(({ key, look }) => [key, look]));
      for (const [key, { drawn, look }] of known) {
        if (looks.get(key) === look) continue;
        if (looks.has(key)) drawn.element.remove();
        else depart(key, drawn.element);
        known.delete(key);
      }
      /** @type {Element | null} */
      let next = null;
      for (const { key, look, item } of [...wanted].reverse()) {
        let entry = known.get(key);
        if (!entry) {
          entry = { drawn: create(item), look };
          known.set(key, entry);
          fresh.push(key);
          parent.insertBefore(entry.drawn.element, next);
        }
        next = entry.drawn.element;
      }
      return fresh;
    },
  };
}
