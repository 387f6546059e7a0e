/** @import {State} from "./types" */
import { whenIdle } from "./afterframe.js";

/**
 * Draws a panel whose modules come once there is a graph and time for them, so that the graph is drawn sooner. What
 * changes meanwhile is not lost: the panel begins with the latest state. Modules that cannot come are not asked for
 * again, since a browser remembers that they failed until the page is loaded anew.
 *
 * @param {() => Promise<{render: (state: State) => void}>} load
 * @param {() => void} onMissing they did not come
 * @param {(call: () => void) => void} [wait]
 * @returns {(state: State) => void}
 */
export function later(load, onMissing, wait = whenIdle) {
  /** @type {State | null} */
  let latest = null;
  /** @type {{render: (state: State) => void} | null} */
  let panel = null;
  let asked = false;

  async function bring() {
    try {
      panel = await load();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      onMissing();
      return;
    }
    panel.render(/** @type {State} */ (latest));
  }

  return (state) => {
    latest = state;
    if (panel) panel.render(state);
    else if (state.document && !asked) {
      asked = true;
      wait(bring);
    }
  };
}
