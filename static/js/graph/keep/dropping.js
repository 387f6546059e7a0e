/** @import {Dispatch} from "../types" */

/**
 * A file let go anywhere on the page is opened; while it hovers, the drawing shows that it would be.
 *
 * @param {HTMLElement} canvas
 * @param {Dispatch} dispatch
 */
export function listenToFiles(canvas, dispatch) {
  /** @param {DragEvent} event */
  const holdsFile = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  /** @param {boolean} hovers */
  const show = (hovers) => canvas.classList.toggle("takes-file", hovers);

  document.addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    show(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) show(false);
  });
  document.addEventListener("drop", (event) => {
    show(false);
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    dispatch({ type: "file/opened", file });
  });
}
