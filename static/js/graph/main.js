/** Wires the graph page: the only module that knows all the others. */
/** @import {Event, Panel} from "./types" */
import * as api from "../api.js";
import { language, t } from "../i18n.js";
import { createStore } from "../store.js";
import { afterFrame, whenIdle } from "./afterframe.js";
import { createAttempt } from "./attempt.js";
import { createDrawing } from "./drawing.js";
import { createBuilding } from "./edit/building.js";
import { createEffects } from "./effects.js";
import { createEvaluator } from "./evaluator.js";
import { createForesight } from "./foresight.js";
import { createGallery } from "./gallery.js";
import { createActions } from "./keep/actions.js";
import { arrival, createAddress } from "./keep/address.js";
import { createCopies } from "./keep/copies.js";
import { listenToFiles } from "./keep/dropping.js";
import { createOpening } from "./keep/opening.js";
import { createOriginal } from "./keep/original.js";
import { listenToKeys } from "./keyboard.js";
import { createLater } from "./later.js";
import { renderLead } from "./lead.js";
import { renderNotices } from "./notice.js";
import { createPlayback } from "./playback.js";
import { initial, reduce, reduces } from "./reduce.js";
import { createTools } from "./tools.js";
import { createWalk } from "./walk.js";

const FIRST = "apples-variables-outside";

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

const store = createStore(reduce, initial(language()));

/** @param {Event} event */
function dispatch(event) {
  if (later.holds(event)) return;
  const effect = effects[event.type];
  if (effect) effect(event);
  else store.dispatch(event);
}

let drawn = false;
const drawing = createDrawing(/** @type {any} */ (part("drawing")), dispatch, t, (state) => {
  building.shown(state);
  if (!drawn) whenIdle(later.call);
  drawn = true;
});
const needs = { dispatch, state: () => store.state, attempt: createAttempt(dispatch) };
const copies = createCopies(
  () => localStorage,
  (known) => queueMicrotask(() => dispatch({ type: "copies/listed", copies: known })),
);
const tools = createTools(part("tools"), { dispatch, viewport: drawing.viewport });
const building = createBuilding(
  {
    canvas: part("canvas"),
    root: /** @type {any} */ (part("drawing")),
    chooser: part("chooser"),
    editing: part("editing"),
    formula: part("formula"),
    hint: part("empty"),
  },
  { ...needs, drawing },
);
/** @type {Record<string, (event: Event) => void>} */
const effects = {
  ...createEffects({ ...needs, reveal: drawing.reveal }),
  ...building.effects,
  ...createOpening({ ...needs, copies, flush: () => address.flush() }),
};
const evaluator = createEvaluator({ evaluate: createForesight(building.evaluate), dispatch });
const playback = createPlayback(dispatch);
const walk = createWalk(part("timeline"), dispatch);
const gallery = createGallery(part("gallery"), dispatch);
const original = createOriginal(part("original"), part("canvas"), dispatch);
const actions = createActions(part("actions"), dispatch);
const address = createAddress({ dispatch, copies, first: FIRST });
listenToKeys(part("canvas"), dispatch);
listenToKeys(part("timeline"), dispatch);
listenToFiles(part("canvas"), dispatch);

/** @type {Panel[]} */
const panels = [
  {
    of: ["document", "evaluation", "ops", "shown", "step", "selection", "draft", "problem", "check", "language"],
    render: drawing.render,
  },
  { of: ["gallery", "opening", "slug", "keep", "language"], render: gallery.render },
  { of: ["language"], render: actions.render },
  { of: ["document", "run", "language"], render: (state) => renderLead(part("lead"), state) },
  {
    of: ["document", "origin", "keep", "run", "slug", "language"],
    render: original.render,
  },
  { of: ["source", "formula", "problem", "language"], render: building.formula.render },
  { of: ["document", "ops", "shown", "selection", "language"], render: afterFrame(building.render) },
  { of: ["evaluation", "step", "playing", "speed", "ops", "language"], render: walk.render },
  { of: ["history", "check", "language"], render: tools.render },
  {
    of: ["problem", "online", "whole", "document", "evaluation", "language"],
    render: (state) => renderNotices(part("notices"), { state, dispatch }),
  },
];

store.subscribe((state, _event, before) => {
  if (state.document?.nodes.length) evaluator(state);
  playback(state);
  for (const { of, render } of panels) if (of.some((key) => state[key] !== before[key])) render(state);
  address.remember(state);
});

store.subscribe((state, _event, before) => building.follow(state, before));

const later = createLater(
  async () => {
    const { createWorkshop } = await import("./workshop.js");
    const workshop = createWorkshop(
      {
        actions: part("actions"),
        check: part("check"),
        inspector: part("inspector"),
        mine: part("mine"),
        popover: part("popover"),
        told: part("told"),
      },
      { ...needs, copies, toggle: tools.check, leave: drawing.focus },
    );
    Object.assign(effects, workshop.effects);
    panels.push(...workshop.panels);
    for (const { render } of workshop.panels) render(store.state);
    store.subscribe(workshop.follow);
  },
  {
    known: (event) => event.type in effects || reduces(event),
    dispatch,
    onMissing: () => store.dispatch({ type: "panel/missed" }),
  },
);

document.addEventListener("language/changed", () => dispatch({ type: "language/changed", language: language() }));
for (const { render } of panels) render(store.state);

window.addEventListener("storage", copies.read);
copies.read();
dispatch(arrival(location, FIRST, history.state));
needs.attempt(async () => dispatch({ type: "saved/listed", entries: await api.saved.list() }));
needs.attempt(async () => dispatch({ type: "ops/received", ops: await api.ops() }));
needs.attempt(async () => dispatch({ type: "gallery/received", gallery: await api.gallery() }));
