/** @import {Config, Message, Run, State} from "./types" */

import { byId } from "../element.js";
import { createStore } from "../store.js";
import { createCheck } from "./check/panel.js";
import { createCommands } from "./commands.js";
import { createCompare } from "./compare/panel.js";
import { iterationsPerEpoch } from "./config.js";
import { createControls } from "./controls.js";
import { readInk } from "./curves/ink.js";
import { createCurves } from "./curves/panel.js";
import { createReach } from "./curves/reach.js";
import { createMistakes } from "./digit/mistakes.js";
import { createDigit } from "./digit/panel.js";
import { createForm } from "./form.js";
import { oncePerFrame, seldom } from "./frame.js";
import { createMoments } from "./inside/moments.js";
import { createInside } from "./inside/panel.js";
import { createKeep } from "./keep/panel.js";
import { createUndo } from "./keep/undo.js";
import { createList } from "./list.js";
import { createMinibatch } from "./minibatch.js";
import { createOwn } from "./own.js";
import { createPoll } from "./poll.js";
import { chosenRun, initial, isActive, onShow, reduce } from "./reduce.js";
import { whileSeen } from "./section.js";
import { createStatus, namesTogether, runName } from "./status.js";
import { createTravel } from "./travel.js";
import { createWatch } from "./watch.js";

/** Messages of a run that goes on as before. */
const GROWING = new Set(["steps", "progress", "tensors"]);

const store = createStore(reduce, initial);
const { dispatch } = store;
const repaint = oncePerFrame(paint);
const words = seldom(read, repaint);
const commands = createCommands(dispatch);
const poll = createPoll(() => store.state, commands.refresh);
let ink = readInk();

const form = createForm(/** @type {HTMLFormElement} */ (byId("settings")), {
  onStart: async (config) => choose(await commands.start(config)),
  onEdit: () => dispatch({ type: "refusal/dismissed" }),
  onGraph: (id) => own.bring(id),
  configOf: commands.configOf,
  onNetwork: (title) => dispatch({ type: "network/chosen", title }),
});
const own = createOwn({ form, dispatch, onError: commands.failed });
const controls = createControls(commands.change);
const list = createList({
  onChoose: (id) => choose(store.state.runs.find((run) => run.id === id) ?? null),
  onCompare: (id, shown) => dispatch({ type: "run/compared", id, shown }),
  onFilter: (filter) => dispatch({ type: "filter/changed", filter }),
});
const status = createStatus();
const reach = createReach();
const curves = createCurves({
  onAxis: (logarithmic) => dispatch({ type: "axis/changed", logarithmic }),
  onRepaint: repaint,
  onError: commands.failed,
});
const watch = createWatch({
  onMessage: (id, message) => dispatch({ type: "message/received", id, message }),
  onLink(id, link) {
    if (id === store.state.chosen) dispatch({ type: "link/changed", link });
    // The server is away, or somebody else deleted the run: the list tells.
    if (link.state === "waiting") poll.now();
  },
});
const travel = createTravel({ dispatch, log: watch.log, onError: commands.failed });
const compare = createCompare(startAll);
const undo = createUndo(async (run) => choose(await commands.restore(run)));
const digit = createDigit(commands.failed);
const mistakes = createMistakes({
  onError: commands.failed,
  onSample(sample) {
    digit.show(sample);
    byId("digit").scrollIntoView({ block: "nearest" });
  },
});
const panels = [
  createMoments((iteration) => store.state.chosen && travel.go(store.state.chosen, iteration)),
  createMinibatch(),
  whileSeen(byId("inside"), createInside(travel.recall)),
  whileSeen(byId("digit"), digit),
  whileSeen(byId("mistaken"), mistakes),
  createCheck(commands.failed),
  createKeep({
    onChange: commands.change,
    onDelete: remove,
    onImport: async (file) => choose(await commands.bring(file)),
  }),
];

store.subscribe((state, event, before) => {
  const run = chosenRun(state);
  const back = state.absences !== before.absences;
  if (ids(onShow(state)) !== ids(onShow(before))) watch.show(onShow(state));
  if (run?.id !== chosenRun(before)?.id || back) travel.follow(run);
  else if (event.type === "message/received" && event.id === state.chosen) moved(event.id, event.message);
  if (run && back) travel.go(run.id, state.moment);
  if (event.type === "message/received" && ended(event.id, before, state)) commands.refresh();
  if (state.refusal !== before.refusal) form.refuse(state.refusal);
  if (event.type !== "message/received" || !GROWING.has(event.message.type)) words.hurry();
  repaint();
});
document.addEventListener("language/changed", () => {
  form.relabel();
  compare.relabel();
  words.hurry();
  repaint();
});
document.addEventListener("theme/changed", () => {
  ink = readInk();
  repaint();
});
addEventListener("popstate", () => show(idInAddress()));
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  poll.now();
  if (store.state.chosen) travel.refresh(store.state.chosen);
});

function paint() {
  const { state } = store;
  const shown = onShow(state);
  const names = namesTogether(shown);
  const lines = shown.flatMap((run, k) => {
    const log = watch.log(run.id);
    if (!log) return [];
    const { iterations } = run.progress;
    const each = iterationsPerEpoch(run.config);
    return [{ log, name: names[k], iterations, reach: reach(run), iterationsPerEpoch: each }];
  });
  const run = chosenRun(state);
  const log = run && watch.log(run.id);
  if (!words.paint()) status.advance(run);
  curves.update(state, run, lines, ink);
  const tensors = state.moment === null ? (log?.tensors ?? null) : state.look;
  const { moments, moment, absences } = state;
  for (const panel of panels) panel.update({ run, ink, moments, moment, tensors, looks: log?.looks ?? [], absences });
}

/** What is read and not watched. */
function read() {
  const { state } = store;
  const run = chosenRun(state);
  form.update(run);
  controls.update(state);
  list.update(state);
  status.update(state, run && watch.log(run.id));
}

/** @param {Run[]} runs */
function ids(runs) {
  return runs.map(({ id }) => id).join();
}

/** Moments are saved at epochs and where a run halts. @param {string} id @param {Message} message */
function moved(id, message) {
  if (message.type === "epoch") travel.refresh(id);
  if (message.type === "state" && !["queued", "running"].includes(message.state)) travel.follow(chosenRun(store.state));
}

/** Whether a run has come to its end: only a list says how long it took. @param {string} id @param {State} before @param {State} state */
function ended(id, before, state) {
  const [was, is] = [before, state].map(({ runs }) => runs.find((run) => run.id === id));
  return was && is && isActive(was) && !isActive(is);
}

/** The first becomes the chosen one, the others are laid over it. @param {Partial<Config>[]} configs */
async function startAll(configs) {
  const [first, ...others] = await commands.startAll(configs);
  if (!first) return;
  for (const id of store.state.compared) dispatch({ type: "run/compared", id, shown: false });
  choose(first);
  for (const { id } of others) dispatch({ type: "run/compared", id, shown: true });
  scrollTo({ top: 0 });
}

/** @param {Run} run */
async function remove(run) {
  // Nothing more is asked about a run that is about to be gone.
  travel.follow(null);
  watch.forget(run.id);
  if (!(await commands.remove(run))) {
    watch.show(onShow(store.state));
    travel.follow(chosenRun(store.state));
    return;
  }
  undo.offer(run, runName(run));
  // Another one was chosen meanwhile.
  if (store.state.chosen !== null) return;
  history.replaceState(null, "", "/training");
  show(store.state.runs[0]?.id ?? null);
}

/** @param {Run | null} run */
function choose(run) {
  if (!run || run.id === store.state.chosen) return;
  history.pushState(null, "", `/training/${run.id}`);
  show(run.id);
}

/** @param {string | null} id */
function show(id) {
  dispatch({ type: "run/chosen", id });
}

/** @returns {string | null} */
function idInAddress() {
  return /^\/training\/([^/]+)/.exec(location.pathname)?.[1] ?? null;
}

repaint();
await commands.refresh();
const wanted = new URLSearchParams(location.search).get("graph");
// Who was quick has started a run meanwhile.
if (store.state.chosen === null) show(idInAddress() ?? (wanted ? null : (store.state.runs[0]?.id ?? null)));
await own.list();
if (wanted) await own.bring(wanted);
