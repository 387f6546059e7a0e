/** @import {Dispatch, Event, State} from "./types" */
import { t } from "../i18n.js";
import { openGrid } from "./draw/grid.js";
import { reason } from "./reason.js";
import { nameOf } from "./sentence.js";

/**
 * The grid of one input's array, open beside the drawing as long as that input is there.
 *
 * @param {HTMLElement} container
 * @param {{dispatch: Dispatch, leave: (node: string) => void}} needs leave: gives the focus to what has it afterwards
 */
export function createArrayEditor(container, { dispatch, leave }) {
  /** @type {{node: string, copy: string, grid: ReturnType<typeof openGrid>} | null} */
  let open = null;

  function close() {
    open = null;
    container.hidden = true;
    container.replaceChildren();
  }

  return {
    /** @param {State} state @param {string} node */
    open(state, node) {
      const value = arrayOf(state, node);
      if (value === undefined) return;
      const words = { close: t("Done"), paste: t("Paste numbers from a spreadsheet or NumPy"), refused: reason };
      const done = () => {
        close();
        leave(node);
      };
      const grid = openGrid(
        container,
        { node, name: nameOf(state, node), value, words },
        { emit: dispatch, close: done },
      );
      open = { node, copy: state.copy, grid };
    },
    /** Follow what happens elsewhere: an undo, another graph, another node. @param {State} state @param {Event} event */
    follow(state, event) {
      if (!open) return;
      const value = arrayOf(state, open.node);
      const another = event.type === "node/chosen" && event.node !== open.node;
      if (another || value === undefined || state.copy !== open.copy) close();
      else open.grid.show(value);
    },
  };
}

/** @param {State} state @param {string} node */
const arrayOf = (state, node) => state.document?.nodes.find((n) => n.id === node)?.value;
