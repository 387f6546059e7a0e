/** @import {Dispatch, Event, State} from "../types" */
import { chosenOf } from "./selection.js";

/** What a key does to the graph while the drawing has the focus, given the state. @type {Record<string, (state: State) => Event | null>} */
const KEYS = {
  "/": () => ({ type: "add/wanted" }),
  "?": () => ({ type: "help/wanted" }),
  a: (state) => ({ type: "add/wanted", source: state.shown.node }),
  c: ({ shown }) => (shown.node === null ? null : { type: "connect/wanted", node: shown.node }),
  o: ({ shown }) => (shown.node === null ? null : { type: "output/chosen", node: shown.node }),
  F2: ({ shown }) => (shown.node === null ? null : { type: "name/wanted" }),
  Delete: removal,
  Backspace: removal,
};

/** The same with Ctrl or the command key. @type {Record<string, (state: State) => Event | null>} */
const COMMANDS = {
  z: () => ({ type: "history/undone" }),
  y: () => ({ type: "history/redone" }),
  "shift+z": () => ({ type: "history/redone" }),
  d: (state) => (chosenOf(state).length > 0 ? { type: "selection/duplicated" } : null),
  a: ({ document }) => ({ type: "selection/changed", nodes: document?.nodes.map((node) => node.id) ?? [] }),
};

/** @param {State} state @returns {Event | null} */
function removal(state) {
  if (state.shown.edge !== null) return { type: "wire/cut", edge: state.shown.edge };
  return chosenOf(state).length > 0 ? { type: "selection/removed" } : null;
}

/**
 * @param {HTMLElement} canvas
 * @param {{dispatch: Dispatch, state: () => State}} needs
 */
export function listenToEditKeys(canvas, { dispatch, state }) {
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || event.altKey || target.matches("input, select, textarea, [contenteditable]")) return;
    const command = event.ctrlKey || event.metaKey;
    const undoes = command && ["z", "y"].includes(event.key.toLowerCase());
    if (!undoes && target !== document.body && !canvas.contains(target)) return;
    if (target.closest("dialog, .chooser, .popover")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const table = command ? COMMANDS : KEYS;
    const happening = table[command && event.shiftKey ? `shift+${key}` : key]?.(state());
    if (!happening) return;
    event.preventDefault();
    dispatch(happening);
  });
}
