/** @import {Box, Event} from "../types" */
import { set, write } from "../../element.js";
import { svg } from "./element.js";

/**
 * The frame around an opened composite, with the button that closes it.
 *
 * @param {string} id
 * @param {(event: Event) => void} emit
 */
export function createGroup(id, emit) {
  const frame = svg("rect", { class: "frame", rx: 12 });
  const name = svg("text", { class: "name", y: 25 });
  const close = svg(
    "g",
    { class: "close", role: "button", tabindex: 0 },
    svg("rect", { width: 24, height: 24, rx: 6 }),
    svg("path", { d: "M7 12h10" }),
  );
  const element = svg("g", { class: "group", "data-group-id": id }, frame, name, close);
  const toggle = () => emit({ type: "group/toggled", group: id, collapsed: true });
  close.addEventListener("click", toggle);
  close.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    toggle();
  });

  return {
    element,
    /** @param {Box & {head: number}} box */
    place({ x, y, width, height, head }) {
      element.style.transform = `translate(${x}px, ${y}px)`;
      set(close, "transform", `translate(${head} 8)`);
      set(name, "x", String(head + 32));
      set(frame, "width", String(width));
      set(frame, "height", String(height));
    },
    /** @param {{name: string, closing: string}} group */
    update(group) {
      write(name, group.name);
      set(close, "aria-label", group.closing);
    },
  };
}
