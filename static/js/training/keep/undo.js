/** @import {Run} from "../types" */

import { byId } from "../../element.js";
import { t } from "../../i18n.js";

const OFFERED = 30_000;

/**
 * After a deletion, the way back: offered for a while, and until the next deletion.
 *
 * @param {(run: Run) => void} onUndo
 */
export function createUndo(onUndo) {
  const bar = byId("undo");
  const text = byId("undo-text");
  /** @type {Run | null} */
  let deleted = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  byId("undo-button").addEventListener("click", () => {
    if (deleted) onUndo(deleted);
    hide();
  });

  function hide() {
    clearTimeout(timer);
    bar.hidden = true;
    deleted = null;
  }

  return {
    /** @param {Run} run @param {string} name */
    offer(run, name) {
      hide();
      deleted = run;
      text.textContent = t("Deleted: {name}", { name });
      bar.hidden = false;
      timer = setTimeout(hide, OFFERED);
    },
  };
}
