/** @import {Attempt} from "./attempt.js" */
/** @import {Dispatch, Event, GraphDocument, State} from "./types" */
import * as api from "../api.js";
import { shortened } from "./edit/shorten.js";

/**
 * What events ask of the world: the calls to the server, whose answers come back as events.
 *
 * @param {{dispatch: Dispatch, state: () => State, attempt: Attempt, reveal: (node: string) => void}} needs
 * @returns {Record<string, (event: Event) => void>} by event type
 */
export function createEffects({ dispatch, state, attempt, reveal }) {
  return {
    "node/opened": ({ node }) => openNode(node),
    "source/wanted": ({ revision, document }) => writeSource(revision, document),
    "node/focused": ({ node }) => reveal(node),
  };

  /** The formula is a second view of the graph: where it cannot be had, the graph stays. @param {number} revision @param {GraphDocument} document */
  async function writeSource(revision, document) {
    try {
      const { source } = await api.format(document);
      dispatch({ type: "source/received", revision, source: shortened(source) });
    } catch (error) {
      if (!(error instanceof api.ProblemError || error instanceof api.UnreachableError)) throw error;
    }
  }

  /** @param {string} node */
  function openNode(node) {
    const { document, ops } = state();
    if (!document) return;
    const closed = closedAround(document, node);
    if (closed) {
      dispatch({ type: "group/toggled", group: closed.id, collapsed: false });
      return;
    }
    const op = document.nodes.find((n) => n.id === node)?.op;
    if (!op || !ops[op]?.expandable) return;
    attempt(async () => {
      const expanded = await api.expand(document, node);
      if (state().document === document) dispatch({ type: "document/changed", document: expanded });
    });
  }
}

/** The outermost closed group that is drawn as a node. @param {GraphDocument} document @param {string} node */
function closedAround({ groups = [] }, node) {
  const around = groups.filter((group) => group.collapsed && (group.id === node || group.nodes.includes(node)));
  return around.sort((a, b) => b.nodes.length - a.nodes.length)[0];
}
