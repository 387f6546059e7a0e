/** @import {Dispatch, State, Value} from "../types" */
import { isSummary } from "../array.js";
import { copied } from "./paste.js";
import { membersOf } from "./selection.js";

/**
 * Copy, cut and paste of what is chosen, as a graph document in the clipboard's text.
 *
 * @param {HTMLElement} canvas
 * @param {{dispatch: Dispatch, state: () => State}} needs
 */
export function listenToClipboard(canvas, { dispatch, state }) {
  /** Whether the drawing has the hand: it has the focus, or nothing has. */
  const here = () => {
    const at = document.activeElement;
    if (at?.matches("input, textarea, select, [contenteditable]")) return false;
    return at === null || at === document.body || canvas.contains(at);
  };

  /** @param {ClipboardEvent} event @returns {boolean} whether something was copied */
  function copy(event) {
    const now = state();
    const ids = membersOf(now);
    if (!here() || !now.document || ids.length === 0 || !event.clipboardData) return false;
    if (document.getSelection()?.isCollapsed === false) return false;
    /** @param {string} id @returns {Value} */
    const worth = (id) => {
      const value = now.evaluation?.nodes[id]?.value ?? 1;
      return isSummary(value) ? 1 : value;
    };
    event.clipboardData.setData("text/plain", JSON.stringify(copied(now.document, ids, worth), null, 1));
    event.preventDefault();
    return true;
  }

  document.addEventListener("copy", copy);
  document.addEventListener("cut", (event) => {
    if (copy(event)) dispatch({ type: "selection/removed" });
  });
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!here() || text.trim() === "") return;
    event.preventDefault();
    dispatch({ type: "graph/pasted", text });
  });
}
