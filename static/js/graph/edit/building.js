/** @import {Attempt} from "../attempt.js" */
/** @import {Dispatch, Event, State} from "../types" */
/** @import {createDrawing} from "../drawing.js" */
import * as api from "../../api.js";
import { set, write } from "../../element.js";
import { t } from "../../i18n.js";
import { createPress } from "../press.js";
import { question } from "../structure.js";
import { createCallout } from "./callout.js";
import { createChooser } from "./chooser.js";
import { listenToClipboard } from "./clipboard.js";
import { draftOf, keepDraft, keyOf } from "./draft.js";
import { createEditing } from "./editing.js";
import { createEditEffects } from "./effects.js";
import { faultOf } from "./fault.js";
import { createFormula } from "./formula.js";
import { listenToEditKeys } from "./keyboard.js";
import { createQuestions } from "./quick.js";
import { createSelecting } from "./selecting.js";
import { createWiring } from "./wiring.js";
import { problemOf } from "./words.js";

/** The formula follows once the hand rests. */
const REST = 300;

/**
 * Building a graph: what is added, wires, names, clipboard, and the formula beside it.
 *
 * @param {{canvas: HTMLElement, root: SVGSVGElement, chooser: HTMLElement, editing: HTMLElement, formula: HTMLElement, hint: HTMLElement}} parts
 * @param {{dispatch: Dispatch, state: () => State, attempt: Attempt, drawing: ReturnType<typeof createDrawing>}} needs
 */
export function createBuilding(parts, { dispatch, state, attempt, drawing }) {
  const { canvas, root } = parts;
  /** The node that gets the focus as soon as it is drawn. @type {string | null | undefined} */
  let awaited;
  /** @param {string | null} node */
  function focus(node) {
    awaited = node;
    if (node === null) canvas.focus({ preventScroll: true });
  }

  const chooser = createChooser(parts.chooser, () => canvas.focus({ preventScroll: true }));
  const editing = createEditing(parts.editing, dispatch);
  const released = createPress(window);
  const formula = createFormula(parts.formula, { dispatch, released });
  const wiring = createWiring(root, { dispatch, boxOf: drawing.boxOf, direction: drawing.viewport.direction });
  const callout = createCallout(root, { dispatch, boxOf: drawing.boxOf, reveal: drawing.viewport.reveal });
  createSelecting(root, { dispatch, boxOf: drawing.boxOf, scene: drawing.scene });
  listenToEditKeys(canvas, { dispatch, state });
  listenToClipboard(canvas, { dispatch, state });
  canvas.addEventListener("dblclick", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target === root || target === canvas || target === parts.hint) {
      dispatch({ type: "add/wanted", at: { x: event.clientX, y: event.clientY } });
    } else if (target.closest(".node.is-input, .node.is-constant") && target.closest(".name, .frame")) {
      name();
    }
  });

  /** The hand goes to the name of what is chosen, which may not be drawn yet. */
  function name() {
    editing.render(state());
    editing.name();
  }

  /** Tell that the catalogue is there. @type {() => void} */
  let arrived = () => {};
  /** What is wrong is said in the words of the catalogue. @type {Promise<void>} */
  const catalogue = new Promise((resolve) => {
    arrived = resolve;
  });
  let timer = 0;
  /** The formula is written anew where the graph is another one than the text's. @param {State} now @param {State} before */
  function follow(now, before) {
    if (now.ops !== before.ops) arrived();
    const written = now.formula !== before.formula || keyOf(now) !== keyOf(before);
    if (written && now.opening === before.opening) keepDraft(now, before);
    if (now.opening !== before.opening) takeUp(now);
    if (now.language !== before.language) sayAnew(now);
    const inStep = now.written === now.document;
    if (now.evaluation === before.evaluation || now.evaluation?.revision !== now.revision || inStep) return;
    window.clearTimeout(timer);
    const { revision, document } = now;
    timer = window.setTimeout(() => dispatch({ type: "source/wanted", revision, document }), REST);
  }

  /** What the page itself found wrong, in the language that was just chosen. @param {State} now */
  function sayAnew(now) {
    const fault = now.problem?.mend && now.document ? faultOf(now.document, now.ops) : null;
    if (fault) dispatch({ type: "problem/raised", problem: problemOf(now, fault) });
  }

  /** What was left half typed at this graph comes back. @param {State} now */
  function takeUp(now) {
    const text = draftOf(now);
    if (text === null || text === now.source) return;
    dispatch({ type: "formula/typed", text });
    dispatch({ type: "formula/rested", text });
  }

  return {
    /** @type {Record<string, (event: Event) => void>} */
    effects: {
      ...createEditEffects({ dispatch, state, attempt, focus, released }),
      ...createQuestions(chooser, { dispatch, state }),
      "name/wanted": name,
    },
    formula,
    follow,
    /** @param {State} now */
    render(now) {
      editing.render(now);
      const empty = now.document !== null && now.document.nodes.length === 0;
      set(parts.hint, "hidden", !empty);
      write(
        parts.hint,
        t("An empty page: type a formula above, or double-click here (or press /) to add an operation."),
      );
    },
    /** What the drawing has just shown. @param {State} now */
    shown(now) {
      root.classList.toggle("is-stale", (now.evaluation?.revision ?? 0) < now.structure);
      const scene = now.document?.nodes.length ? drawing.scene() : null;
      wiring.render(scene, now);
      callout.render(scene, now);
      if (!awaited || !drawing.boxOf(awaited)) return;
      drawing.focus(awaited);
      awaited = undefined;
    },
    /** Asks the server, unless the page itself sees what is wrong. @param {any} body */
    async evaluate(body) {
      if (faultOf(body.graph, state().ops)) await catalogue;
      const fault = faultOf(body.graph, state().ops);
      if (fault) throw new api.ProblemError(problemOf(state(), fault));
      return api.evaluate(question(body.graph));
    },
  };
}
