/** @import {Dispatch} from "./types" */

/** What a key does while the drawing or the timeline has the focus. @type {Record<string, (key: KeyboardEvent) => import("./types").Event | null>} */
const KEYS = {
  " ": () => ({ type: "play/toggled" }),
  ArrowRight: () => ({ type: "step/moved", by: 1 }),
  ArrowLeft: () => ({ type: "step/moved", by: -1 }),
  Home: () => ({ type: "step/changed", step: 0 }),
  End: () => ({ type: "step/changed", step: Number.POSITIVE_INFINITY }),
  Escape: () => ({ type: "step/changed", step: null }),
};

/** @param {HTMLElement} element @param {Dispatch} dispatch */
export function listenToKeys(element, dispatch) {
  element.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const slider = target.matches("input[type=range]");
    if (target.matches("input, select, textarea, [contenteditable]") && !(slider && event.key === " ")) return;
    if (event.key === " " && target.matches("button, [role=button]")) return;
    const happening = KEYS[event.key]?.(event);
    if (!happening) return;
    event.preventDefault();
    dispatch(happening);
  });
}
