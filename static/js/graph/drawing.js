/** @import {Dispatch, Placement, State} from "./types" */
/** @import {Scene, Translate} from "./scene.js" */
import { createCanvas } from "./draw/canvas.js";
import { travel } from "./draw/token.js";
import { signature } from "./layout.js";
import { LARGE, places } from "./places.js";
import { reason } from "./reason.js";
import { sceneOf } from "./scene.js";
import { leafShapes, structureOf } from "./structure.js";

const TRAVEL = 420;
/** As many layouts are remembered, so that undo and closing again need none. */
const REMEMBERED = 24;

/**
 * Keeps the drawing in step with the state: a layout where the topology changed, new texts where it did not, and the
 * numbers that travel when a step is taken.
 *
 * @param {SVGSVGElement} root
 * @param {Dispatch} dispatch
 * @param {Translate} t
 * @param {(state: State) => void} shown told of what has just been shown
 */
export function createDrawing(root, dispatch, t, shown) {
  const canvas = createCanvas(root, dispatch);
  /** @type {State | null} */
  let latest = null;
  let drawn = "";
  let asked = "";
  /** Which opened document is drawn. */
  let opening = -1;
  /** @type {Scene | null} */
  let standing = null;
  /** The frames that are drawn. @type {Set<string>} */
  let groups = new Set();
  /** @type {Map<string, Placement>} */
  const layouts = new Map();
  /** @type {{key: unknown[], signature: string}} */
  const known = { key: [], signature: "" };
  canvas.viewport.onResize(() => {
    if (!latest) return;
    render(latest);
    if (!drawn || asked || latest.step !== null || !canvas.viewport.again()) return;
    // What has the focus stays in sight.
    const held = document.activeElement?.closest("[data-node-id]");
    if (held && root.contains(held)) reveal(/** @type {SVGElement} */ (held).dataset.nodeId ?? "");
  });

  /** @param {State} state */
  function render(state) {
    const before = latest;
    latest = state;
    // Shapes come with the evaluation of this structure: until it is there, the last drawing stays.
    const answered = (state.evaluation?.revision ?? -1) >= state.structure;
    if (!state.document) return;
    if (state.document.nodes.length === 0) return clear(state);
    if (!(answered || state.problem) || (before && isFollowed(before, state))) return;
    const scene = sceneOf(state, t);
    if (!scene) return;
    const wanted = canvas.viewport.direction() + signed(state, scene);
    if (wanted !== drawn) lay(scene, wanted);
    if (wanted !== drawn) return;
    // A layout that is still on its way is of what has been undone.
    asked = "";
    show(scene, state, before);
  }

  /** An empty page: what is drawn next begins anew. @param {State} state */
  function clear(state) {
    root.classList.remove("is-drawn");
    drawn = "";
    asked = "";
    opening = -1;
    standing = null;
    shown(state);
  }

  /** The scene's signature, worked out again only where it can have changed. @param {State} state @param {Scene} scene */
  function signed({ document, ops, evaluation, structure }, scene) {
    if (!document) return "";
    const answered = (evaluation?.revision ?? -1) >= structure;
    const key = [structureOf(document), ops, answered, leafShapes(document)];
    if (key.some((part, i) => part !== known.key[i])) {
      known.key = key;
      known.signature = signature(scene);
    }
    return known.signature;
  }

  /** @param {Scene} scene @param {string} wanted */
  async function lay(scene, wanted) {
    if (wanted === asked) return;
    asked = wanted;
    const placed = layouts.get(wanted) ?? (await places(scene, canvas.viewport.direction()));
    if (asked !== wanted || !latest) return;
    asked = "";
    layouts.set(wanted, placed);
    if (layouts.size > REMEMBERED) layouts.delete([...layouts.keys()][0]);
    const related = opening === latest.opening;
    const held = root.contains(document.activeElement);
    canvas.draw(scene, placed, related);
    drawn = wanted;
    const opened = related ? [...placed.groups].find(([id]) => !groups.has(id)) : undefined;
    const faces = new Set(standing?.nodes.filter((node) => node.kind === "group").map((node) => node.id));
    const closed = scene.nodes.find((node) => node.kind === "group" && !faces.has(node.id));
    groups = new Set(placed.groups.keys());
    opening = latest.opening;
    const now = sceneOf(latest, t);
    if (now) show(now, latest, latest);
    // What had the focus may be gone: it goes on to what took its place.
    if (held && !root.contains(document.activeElement)) canvas.focus(closed?.id ?? latest.shown.node ?? "");
    if (!related && latest.view) canvas.viewport.show(latest.view);
    else if (!related) canvas.viewport.open(false);
    else if (!latest.view && canvas.viewport.fits()) canvas.viewport.open(true);
    else if (opened) canvas.viewport.reveal(opened[1], 24);
    else if (closed) reveal(closed.id);
    else if (!latest.view) canvas.viewport.open(true);
  }

  /** @param {Scene} scene @param {State} state @param {State | null} before */
  function show(scene, state, before) {
    canvas.update(scene, state.draft, reason);
    standing = scene;
    shown(state);
    if (!before || before.step === state.step || state.step === null || !scene.current) return;
    reveal(scene.current.node);
    if (before.step !== null && state.step === before.step + 1) animate(scene, state.speed);
  }

  /** @param {Scene} scene @param {number} speed */
  function animate({ current, edges }, speed) {
    if (!current || current.pass === "seed") return;
    const kind = current.pass === "forward" ? "value" : "gradient";
    canvas.tokens.replaceChildren();
    for (const edge of edges) {
      const wire = canvas.wire(edge.key);
      const figure = edge[kind];
      if (edge.target === current.node && wire && figure)
        travel(canvas.tokens, wire, { text: figure.short, kind, duration: TRAVEL / speed });
    }
  }

  /** @param {string} node */
  function reveal(node) {
    const box = canvas.boxOf(node);
    if (box) canvas.viewport.reveal(box);
  }

  return {
    render,
    reveal,
    viewport: canvas.viewport,
    focus: canvas.focus,
    boxOf: canvas.boxOf,
    /** What is drawn. */
    scene: () => standing,
  };
}

/** The parts of the state that are drawn, but for values and their evaluation. @type {(keyof State)[]} */
const MARKS = ["ops", "shown", "step", "selection", "draft", "problem", "check", "language", "evaluation"];

/**
 * Whether all that changed is a value in a large graph, whose evaluation is on its way: one drawing is enough.
 *
 * @param {State} before
 * @param {State} state
 */
function isFollowed(before, state) {
  const { document } = state;
  if (!document || !before.document || document.nodes.length <= LARGE || document === before.document) return false;
  return structureOf(document) === structureOf(before.document) && MARKS.every((key) => state[key] === before[key]);
}
