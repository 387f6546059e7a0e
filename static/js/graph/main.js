/** Wires the graph page: the only module that knows all the others. */
/** @import {Event, State} from "./types" */
import * as api from "../api.js";
import { language, t } from "../i18n.js";
import { createStore } from "../store.js";
import { afterFrame } from "./afterframe.js";
import { createArrayEditor } from "./arrayeditor.js";
import { createAttempt } from "./attempt.js";
import { createChecker } from "./check/effects.js";
import { createCheck } from "./check/panel.js";
import { createDrawing } from "./drawing.js";
import { createBuilding } from "./edit/building.js";
import { createEffects } from "./effects.js";
import { createEvaluator } from "./evaluator.js";
import { createForesight } from "./foresight.js";
import { createGallery } from "./gallery.js";
import { createHelp } from "./help.js";
import { createActions } from "./keep/actions.js";
import { arrival, createAddress } from "./keep/address.js";
import { createCopies } from "./keep/copies.js";
import { listenToFiles } from "./keep/dropping.js";
import { createKeepEffects } from "./keep/effects.js";
import { renderMine } from "./keep/mine.js";
import { createOpening } from "./keep/opening.js";
import { createOriginal } from "./keep/original.js";
import { renderTold } from "./keep/told.js";
import { listenToKeys } from "./keyboard.js";
import { later } from "./later.js";
import { renderLead } from "./lead.js";
import { renderNotices } from "./notice.js";
import { createPlayback } from "./playback.js";
import { initial, reduce } from "./reduce.js";
import { createTools } from "./tools.js";
import { createWalk } from "./walk.js";

const FIRST = "apples-variables-outside";

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const store = createStore(reduce, initial(language()));

/** @param {Event} event */
function dispatch(event) {
  const effect = effects[event.type];
  if (effect) effect(event);
  else store.dispatch(event);
}

const drawing = createDrawing(/** @type {any} */ (part("drawing")), dispatch, t, (state) => building.shown(state));
const needs = { dispatch, state: () => store.state, attempt: createAttempt(dispatch) };
const copies = createCopies(
  () => localStorage,
  (known) => queueMicrotask(() => dispatch({ type: "copies/listed", copies: known })),
);
const checker = createChecker(needs);
const tools = createTools(part("tools"), { dispatch, viewport: drawing.viewport });
const building = createBuilding(
  {
    canvas: part("canvas"),
    root: /** @type {any} */ (part("drawing")),
    chooser: part("chooser"),
    tools: part("tools"),
    editing: part("editing"),
    formula: part("formula"),
    hint: part("empty"),
  },
  { ...needs, drawing },
);
const arrays = createArrayEditor(part("popover"), { dispatch, leave: (node) => drawing.focus(node) });
/** @type {Record<string, (event: Event) => void>} */
const effects = {
  ...createEffects({
    ...needs,
    openArray: (node) => arrays.open(store.state, node),
    reveal: drawing.reveal,
  }),
  ...createOpening({ ...needs, copies, flush: () => address.flush() }),
  ...createKeepEffects({ ...needs, copies, name: (entry) => actions.name(entry) }),
  ...checker.effects,
  ...building.effects,
  "help/wanted": () => help.open(),
};
const evaluator = createEvaluator({ evaluate: createForesight(building.evaluate), dispatch });
const playback = createPlayback(dispatch);
const walk = createWalk(part("timeline"), dispatch);
const check = createCheck(part("check"), part("tools"), dispatch);
const gallery = createGallery(part("gallery"), dispatch);
const help = createHelp(part("tools"));
const original = createOriginal(part("original"), part("canvas"), dispatch);
const actions = createActions(part("actions"), dispatch);
const inspector = later(
  async () => {
    const { createInspector } = await import("./inspector/inspector.js");
    return createInspector(part("inspector"), dispatch);
  },
  () => dispatch({ type: "panel/missed" }),
);
const address = createAddress({ dispatch, copies, first: FIRST });
listenToKeys(part("canvas"), dispatch);
listenToKeys(part("timeline"), dispatch);
listenToFiles(part("canvas"), dispatch);

/** Panels: each is drawn again when one of the named parts of the state changed. @type {{of: (keyof State)[], render: (state: State) => void}[]} */
const panels = [
  {
    of: ["document", "evaluation", "ops", "shown", "step", "selection", "draft", "problem", "check", "language"],
    render: drawing.render,
  },
  { of: ["gallery", "opening", "slug", "keep", "language"], render: gallery.render },
  { of: ["keep", "copy", "language"], render: (state) => renderMine(part("mine"), { state, dispatch }) },
  { of: ["keep", "language"], render: (state) => renderTold(part("told"), { state, dispatch }) },
  { of: ["keep", "language"], render: actions.render },
  { of: ["check", "document", "language"], render: check.render },
  { of: ["language"], render: help.render },
  { of: ["document", "run", "language"], render: (state) => renderLead(part("lead"), state) },
  {
    of: ["document", "origin", "keep", "run", "slug", "language"],
    render: original.render,
  },
  { of: ["source", "formula", "problem", "language"], render: building.formula.render },
  { of: ["document", "ops", "shown", "selection", "language"], render: afterFrame(building.render) },
  { of: ["evaluation", "step", "playing", "speed", "ops", "language"], render: walk.render },
  { of: ["history", "language"], render: tools.render },
  {
    of: ["problem", "online", "whole", "document", "evaluation", "language"],
    render: (state) => renderNotices(part("notices"), { state, dispatch }),
  },
  { of: ["shown", "evaluation", "ops", "nudge", "check", "language"], render: afterFrame(inspector) },
];

store.subscribe((state, _event, before) => {
  if (state.document?.nodes.length) evaluator(state);
  playback(state);
  checker.follow(state);
  for (const { of, render } of panels) if (of.some((key) => state[key] !== before[key])) render(state);
  address.remember(state);
});

store.subscribe((state, _event, before) => building.follow(state, before));
store.subscribe(arrays.follow);

/** What was said stands for a while, longer where it can be taken back. */
const TOLD = 8000;
let toldTimer = 0;
store.subscribe((state, _event, before) => {
  if (state.keep.told === before.keep.told || !state.keep.told) return;
  window.clearTimeout(toldTimer);
  toldTimer = window.setTimeout(() => dispatch({ type: "keep/heard" }), TOLD);
});

document.addEventListener("language/changed", () => dispatch({ type: "language/changed", language: language() }));
for (const { render } of panels) render(store.state);

window.addEventListener("storage", copies.read);
copies.read();
dispatch(arrival(location, FIRST));
dispatch({ type: "saved/wanted" });
needs.attempt(async () => dispatch({ type: "ops/received", ops: await api.ops() }));
needs.attempt(async () => dispatch({ type: "gallery/received", gallery: await api.gallery() }));
