/** @import {Box, Dispatch} from "../types" */
/** @import {Scene} from "../scene.js" */
import { html } from "../draw/element.js";

/** How far a press moves before it draws a frame. */
const SLACK = 4;

/**
 * Several nodes chosen: a click with Shift adds or takes away one, a drag with Shift all inside a frame.
 *
 * @param {SVGSVGElement} root
 * @param {{dispatch: Dispatch, boxOf: (id: string) => Box | null, scene: () => Scene | null}} needs
 */
export function createSelecting(root, { dispatch, boxOf, scene }) {
  const frame = html("div", { class: "marquee" });
  frame.hidden = true;
  root.after(frame);
  /** @type {{x: number, y: number, node: string | null, moved: boolean} | null} */
  let press = null;

  root.addEventListener(
    "pointerdown",
    (event) => {
      if (!event.shiftKey || event.button !== 0) return;
      const target = /** @type {Element} */ (event.target);
      if (target.closest("[data-port]")) return;
      event.preventDefault();
      event.stopPropagation();
      const node = /** @type {SVGElement | null} */ (target.closest("[data-node-id]"));
      press = { x: event.clientX, y: event.clientY, node: node?.dataset.nodeId ?? null, moved: false };
      root.setPointerCapture(event.pointerId);
    },
    { capture: true },
  );
  root.addEventListener("pointermove", (event) => {
    if (!press) return;
    press.moved ||= Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLACK;
    if (press.moved) draw(press, event);
  });
  root.addEventListener("pointerup", (event) => {
    if (!press) return;
    const { moved, node } = press;
    if (moved) dispatch({ type: "selection/changed", nodes: inside(press, event) });
    else if (node !== null) dispatch({ type: "selection/toggled", node });
    end();
  });
  root.addEventListener("pointercancel", end);
  // The press was a choice of several; the click that follows it would choose one.
  root.addEventListener("click", (event) => event.shiftKey && event.stopPropagation(), { capture: true });

  function end() {
    press = null;
    frame.hidden = true;
  }

  /** @param {{x: number, y: number}} from @param {PointerEvent} to */
  function draw(from, to) {
    const around = /** @type {HTMLElement} */ (root.parentElement).getBoundingClientRect();
    frame.hidden = false;
    frame.style.left = `${Math.min(from.x, to.clientX) - around.left}px`;
    frame.style.top = `${Math.min(from.y, to.clientY) - around.top}px`;
    frame.style.width = `${Math.abs(to.clientX - from.x)}px`;
    frame.style.height = `${Math.abs(to.clientY - from.y)}px`;
  }

  /** @param {{x: number, y: number}} from @param {PointerEvent} to */
  function inside(from, to) {
    const matrix = /** @type {DOMMatrix} */ (
      /** @type {SVGGElement} */ (root.querySelector(".viewport")).getScreenCTM()
    );
    const a = new DOMPoint(from.x, from.y).matrixTransform(matrix.inverse());
    const b = new DOMPoint(to.clientX, to.clientY).matrixTransform(matrix.inverse());
    const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    return (scene()?.nodes ?? [])
      .filter(({ id }) => {
        const box = boxOf(id);
        return box && box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top;
      })
      .map(({ id }) => id);
  }
}
