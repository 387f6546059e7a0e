/** @import {Box, Dispatch, State} from "../types" */
/** @import {Scene} from "../scene.js" */

import { refusalOf } from "../../refusal.js";
import { html, svg } from "../draw/element.js";
import { mending } from "../notice.js";

const SIZE = { width: 250, height: 170 };
/** Room below a node in which most callouts are seen whole. */
const ROOM = 170;
/** The drawing comes to rest before it is moved. */
const REST = 340;

/**
 * What is wrong, said at the node where it is wrong, with what can be done about it.
 *
 * @param {SVGSVGElement} root
 * @param {{dispatch: Dispatch, boxOf: (id: string) => Box | null, reveal: (box: Box, room: number) => void}} needs
 */
export function createCallout(root, { dispatch, boxOf, reveal }) {
  const layer = svg("g", { class: "callouts" });
  root.querySelector(".viewport")?.append(layer);
  /** @type {State["problem"]} */
  let shown = null;
  let spoken = "";

  return {
    /** @param {Scene | null} scene @param {State} state */
    render(scene, state) {
      const { problem } = state;
      const node = scene?.nodes.find((n) => problem?.node !== undefined && n.members.includes(problem.node));
      const box = node && boxOf(node.id);
      if (!problem || !box) {
        if (layer.firstChild) layer.replaceChildren();
        shown = null;
        return;
      }
      const place = { x: box.x + (box.width - SIZE.width) / 2, y: box.y + box.height + 10 };
      if (shown !== problem || spoken !== state.language) {
        shown = problem;
        spoken = state.language;
        const text = html("div", { class: "callout", role: "alert" }, html("p", {}, refusalOf(problem)));
        text.append(...mending(state, dispatch));
        layer.replaceChildren(svg("foreignObject", SIZE));
        layer.firstElementChild?.append(text);
        const x = Math.min(box.x, place.x);
        const room = { x, y: box.y, width: Math.max(box.width, SIZE.width), height: box.height + ROOM };
        setTimeout(() => shown === problem && reveal(room, 24), REST);
      }
      const holder = /** @type {Element} */ (layer.firstElementChild);
      for (const [name, value] of Object.entries(place)) holder.setAttribute(name, String(value));
    },
  };
}
