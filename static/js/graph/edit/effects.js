/** @import {Attempt} from "../attempt.js" */
/** @import {Dispatch, Event, GraphDocument, State} from "../types" */
import * as api from "../../api.js";
import { message } from "../../i18n.js";
import { shapeOf } from "../array.js";
import { ownKey } from "../keep/copies.js";
import { viewOf } from "../view.js";
import { added, addedLeaf, emptyDocument } from "./add.js";
import { adopted, caughtUp, isKin } from "./adopt.js";
import { withAttribute } from "./attribute.js";
import { mended } from "./fault.js";
import { tidied } from "./order.js";
import { duplicated, pasted } from "./paste.js";
import { removed } from "./remove.js";
import { renamed } from "./rename.js";
import { membersOf } from "./selection.js";
import { endsOf, unwired, wired } from "./wire.js";

/**
 * Building: what a person does to the graph becomes another document.
 *
 * @param {{dispatch: Dispatch, state: () => State, attempt: Attempt, focus: (node: string | null) => void, released: () => Promise<void>}} needs
 * @returns {Record<string, (event: Event) => void>} by event type
 */
export function createEditEffects({ dispatch, state, attempt, focus, released }) {
  /** Gives up the formula that is read, or waits for the server. */
  let reading = new AbortController();
  /** A formula that is being read now: what is done by hand meanwhile is done to the graph it makes. @type {Promise<void> | null} */
  let underway = null;

  return {
    "op/added": ({ choice, source }) => edit((document) => add(document, choice, source)),
    "wire/dropped": ({ source, target, slot }) =>
      edit((document) => ({ document: wired(document, source, endsOf(document, target, slot)), node: target })),
    "wire/cut": ({ edge }) => edit((document) => ({ document: cut(document, edge) })),
    "selection/removed": () => {
      const ids = membersOf(state());
      if (ids.length > 0) edit((document) => ({ document: removed(document, ids) }));
    },
    "selection/duplicated": () => {
      const ids = membersOf(state());
      if (ids.length > 0) edit((document) => duplicated(document, ids));
    },
    "node/renamed": ({ node, text }) => rename(node, text),
    "attribute/edited": ({ node, name, value }) =>
      edit((document) => ({ document: withAttribute(document, node, name, value), node })),
    "output/chosen": ({ node }) => edit((document) => ({ document: { ...document, output: node }, node })),
    "graph/emptied": () => {
      dispatch({ type: "formula/dropped" });
      dispatch({ type: "graph/begun", document: emptyDocument(), copy: ownKey() });
      focus(null);
    },
    "graph/tidied": () => edit((document) => ({ document: tidied(document) })),
    "fault/mended": () => edit((document) => ({ document: mended(document, state().ops, state().evaluation) })),
    "graph/pasted": ({ text }) => paste(text),
    "formula/rested": ({ text }) => read(text),
  };

  /** @param {(document: GraphDocument) => {document: GraphDocument, node?: string, nodes?: string[]} | null} change null for none @param {number} opening of which graph */
  function edit(change, opening = state().opening) {
    if (underway) {
      const then = () => edit(change, opening);
      underway.then(then, then);
      return;
    }
    const { document: before, opening: now } = state();
    if (!before || now !== opening) return;
    const after = change(before);
    if (!after) return;
    const { document, node, nodes } = after;
    // A formula that still waits for the server does not know of this.
    reading.abort();
    dispatch({ type: "document/changed", document });
    if (nodes) dispatch({ type: "selection/changed", nodes });
    else if (node !== undefined) dispatch({ type: "node/chosen", node });
    focus(node ?? nodes?.at(-1) ?? null);
  }

  /** @param {GraphDocument} document @param {{op: string, value?: number, name?: string}} choice @param {string | null} source */
  function add(document, { op, value, name }, source) {
    if (op === "input" || op === "constant")
      return addedLeaf(document, op, name ?? (op === "input" ? "x" : "c"), value);
    const numbers = source === null ? undefined : state().evaluation?.nodes[source];
    const own = document.nodes.find((node) => node.id === source)?.value;
    return added(document, state().ops[op], source, numbers?.shape ?? (own === undefined ? null : shapeOf(own)));
  }

  /** @param {GraphDocument} document @param {string} key */
  function cut(document, key) {
    const edge = viewOf(document).edges.find((e) => e.key === key);
    return edge ? unwired(document, endsOf(document, edge.target, edge.slot)) : document;
  }

  /** @param {string} node @param {string} text */
  function rename(node, text) {
    edit((document) => {
      const result = renamed(document, node, text);
      if ("document" in result) return result;
      const words =
        result.refused === "taken"
          ? message("Another node has this name already: names are unique.")
          : message("A name needs a letter or a digit.");
      dispatch({ type: "keep/told", text: words });
      return null;
    });
  }

  /** A document goes beside what is there; a formula is read as if it had been typed. @param {string} text */
  function paste(text) {
    /** @type {any} */
    let other;
    try {
      other = JSON.parse(text);
    } catch {
      dispatch({ type: "formula/typed", text });
      read(text);
      return;
    }
    if (!Array.isArray(other?.nodes)) {
      dispatch({ type: "keep/told", text: message("What was pasted is neither a graph nor a formula.") });
      return;
    }
    const { opening } = state();
    attempt(async () => {
      // The server reads it first: what is no graph leaves the one at hand where it is.
      await api.evaluate({ graph: other });
      edit((document) => pasted(document, other), opening);
    });
  }

  /** @param {string} text */
  function read(text) {
    if (text.trim() === "") {
      dispatch({ type: "formula/refused", text, problem: null });
      return;
    }
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    attempt(
      async () => {
        const mine = understand(text, signal).finally(() => {
          if (underway === mine) underway = null;
        });
        underway = mine;
        await mine;
      },
      () => !signal.aborted,
    );
  }

  /** @param {string} text @param {AbortSignal} signal */
  async function understand(text, signal) {
    try {
      const { graph, places } = await api.parse(text, signal).finally(released);
      const { formula, document: before } = state();
      if (formula.text !== text) return;
      const said = adopted(graph, before, text);
      const document = caughtUp(said, before, formula.base);
      const grown = before && isKin(document, before);
      if (grown) dispatch({ type: "document/changed", document, gesture: `formula#${formula.session}` });
      else dispatch({ type: "graph/begun", document, copy: ownKey() });
      dispatch({ type: "formula/read", text, document: said, places });
      if (!formula.typing) dispatch({ type: "formula/left" });
    } catch (error) {
      if (!(error instanceof api.ProblemError)) throw error;
      dispatch({ type: "formula/refused", text, problem: error.problem });
    }
  }
}
