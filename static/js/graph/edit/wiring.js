/** @import {Box, Direction, Dispatch, State} from "../types" */
/** @import {Scene} from "../scene.js" */
/** @import {Port} from "./port.js" */
import { svg } from "../draw/element.js";
import { holesOf } from "./fault.js";
import { nearest, portsOf } from "./port.js";

/** How near to a port a wire is let go to be taken, in pixels of the screen. */
const REACH = 30;

/**
 * Ports on the drawing, and wires drawn from one to another.
 *
 * @param {SVGSVGElement} root
 * @param {{dispatch: Dispatch, boxOf: (id: string) => Box | null, direction: () => Direction}} needs
 */
export function createWiring(root, { dispatch, boxOf, direction }) {
  const layer = svg("g", { class: "wiring" });
  const wire = svg("path", { class: "draft-wire" });
  const handles = svg("g", {});
  layer.append(wire, handles);
  root.querySelector(".viewport")?.append(layer);
  /** @type {{scene: Scene, state: State} | null} */
  let last = null;
  /** @type {string | null} */
  let hovered = null;
  /** @type {{from: Port, offered: Port[], over: Port | null} | null} */
  let drag = null;
  let drawn = "";

  /** @param {string} id */
  function portsAt(id) {
    const node = last?.scene.nodes.find((n) => n.id === id);
    const box = boxOf(id);
    if (!last || !node || !box || node.inside !== null) return [];
    return portsOf(node, box, node.kind === "group" ? undefined : last.state.ops[node.op], direction());
  }

  /** Where a wire from a port may end. @param {Port} from */
  function offers(from) {
    const all = last?.scene.nodes.flatMap((node) => portsAt(node.id)) ?? [];
    return all.filter((port) => port.node !== from.node && (port.slot === null) !== (from.slot === null));
  }

  function paint() {
    if (!last) return;
    const free = new Set(holesOf(last.state.document ?? { nodes: [], output: "" }, last.state.ops).map(keyOf));
    const open = [...new Set([...free].map((key) => key.slice(0, key.lastIndexOf(":"))))];
    const shown = drag ? [drag.from, ...drag.offered] : [hovered, last.state.shown.node, ...open].flatMap(portsFor);
    const unique = new Map(shown.filter((port) => port).map((port) => [keyOf(port), port]));
    const wanted = JSON.stringify([[...unique.values()], [...free], drag?.over]);
    if (wanted === drawn) return;
    drawn = wanted;
    handles.replaceChildren(...[...unique].map(([key, port]) => handle(port, free.has(key), drag?.over === port)));
  }

  /** @param {string | null} id */
  const portsFor = (id) => (id === null ? [] : portsAt(id));

  /** A point of the screen on the drawing. @param {{clientX: number, clientY: number}} event */
  function pointOf({ clientX, clientY }) {
    return new DOMPoint(clientX, clientY).matrixTransform(/** @type {DOMMatrix} */ (layer.getScreenCTM()).inverse());
  }
  const scale = () => layer.getScreenCTM()?.a ?? 1;

  root.addEventListener("pointerover", (event) => {
    if (drag) return;
    const target = /** @type {Element} */ (event.target);
    const port = target.closest("[data-port]");
    const node = /** @type {SVGElement | null} */ (target.closest("[data-node-id]"));
    hovered = port ? hovered : (node?.dataset.nodeId ?? null);
    paint();
  });
  root.addEventListener("pointerleave", () => {
    hovered = null;
    if (!drag) paint();
  });

  handles.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  handles.addEventListener("pointerdown", (event) => {
    const element = /** @type {SVGElement | null} */ (/** @type {Element} */ (event.target).closest("[data-port]"));
    const from =
      element && portsAt(element.dataset.port ?? "").find((port) => String(port.slot) === element.dataset.slot);
    if (!from || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    root.setPointerCapture(event.pointerId);
    drag = { from, offered: offers(from), over: null };
    root.classList.add("is-wiring");
    stretch(event);
  });

  /** @param {PointerEvent} event */
  function stretch(event) {
    if (!drag) return;
    const point = pointOf(event);
    drag.over = nearest(drag.offered, point, REACH / scale());
    const end = drag.over ?? point;
    const [a, b] = drag.from.slot === null ? [drag.from, end] : [end, drag.from];
    wire.setAttribute("d", curve(a, b, direction()));
    paint();
  }

  /** @param {PointerEvent | null} event null: given up */
  function release(event) {
    if (!drag) return;
    const { from, over } = drag;
    drag = null;
    wire.removeAttribute("d");
    root.classList.remove("is-wiring");
    paint();
    if (!event) return;
    const [out, slot] = from.slot === null ? [from, over] : [over, from];
    if (out && slot) dispatch({ type: "wire/dropped", source: out.node, target: slot.node, slot: slot.slot });
    else if (from.slot === null) dropped(event, from);
  }

  /** A wire let go on the open drawing asks what it should lead to. @param {PointerEvent} event @param {Port} from */
  function dropped(event, from) {
    const start = new DOMPoint(from.x, from.y).matrixTransform(/** @type {DOMMatrix} */ (layer.getScreenCTM()));
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < 2 * REACH) return;
    dispatch({ type: "add/wanted", source: from.node, at: { x: event.clientX, y: event.clientY } });
  }

  root.addEventListener("pointermove", stretch);
  root.addEventListener("pointerup", release);
  root.addEventListener("pointercancel", () => release(null));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") release(null);
  });

  return {
    /** @param {Scene | null} scene @param {State} state */
    render(scene, state) {
      last = scene && { scene, state };
      layer.classList.toggle("is-hidden", scene === null);
      paint();
    },
  };
}

/** @param {{x: number, y: number}} a @param {{x: number, y: number}} b @param {Direction} direction */
function curve(a, b, direction) {
  const down = direction === "down";
  const bend = Math.max(24, Math.abs(down ? b.y - a.y : b.x - a.x) / 2);
  const [dx, dy] = down ? [0, bend] : [bend, 0];
  return `M${a.x} ${a.y}C${a.x + dx} ${a.y + dy} ${b.x - dx} ${b.y - dy} ${b.x} ${b.y}`;
}

/** @param {{node: string, slot: number | null}} port */
const keyOf = ({ node, slot }) => `${node}:${slot}`;

/** @param {Port} port @param {boolean} free @param {boolean} over */
function handle({ node, slot, x, y }, free, over) {
  const group = svg("g", {
    class: `handle${slot === null ? " is-out" : ""}${free ? " is-free" : ""}${over ? " is-over" : ""}`,
    "data-port": node,
    "data-slot": String(slot),
    transform: `translate(${x} ${y})`,
  });
  group.append(svg("circle", { class: "hit", r: 11 }), svg("circle", { class: "dot", r: over ? 7 : 5 }));
  return group;
}
