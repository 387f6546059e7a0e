/** @import {Refusal, Run} from "./types" */

import { ProblemError, UnreachableError } from "../api.js";
import { byId } from "../element.js";
import { createStore } from "../store.js";
import * as api from "./api.js";
import { fieldOf } from "./config.js";
import { createControls } from "./controls.js";
import { readInk } from "./curves/ink.js";
import { createCurves } from "./curves/panel.js";
import { createForm } from "./form.js";
import { oncePerFrame } from "./frame.js";
import { createList } from "./list.js";
import { chosenRun, initial, isActive, reduce } from "./reduce.js";
import { createStatus, runName } from "./status.js";
import { createWatch } from "./watch.js";

const POLL = 2000;

const store = createStore(reduce, initial);
const repaint = oncePerFrame(paint);
let ink = readInk();

const form = createForm(/** @type {HTMLFormElement} */ (byId("settings")), {
  onStart: start,
  onEdit: () => store.dispatch({ type: "refusal/dismissed" }),
});
const controls = createControls(change);
const list = createList({
  onChoose: choose,
  onCompare: (id, shown) => store.dispatch({ type: "run/compared", id, shown }),
});
const status = createStatus();
const curves = createCurves({
  onAxis: (logarithmic) => store.dispatch({ type: "axis/changed", logarithmic }),
  onRepaint: repaint,
});
const watch = createWatch({
  onMessage: (id, message) => store.dispatch({ type: "message/received", id, message }),
  onLink(id, link) {
    if (id === store.state.chosen) store.dispatch({ type: "link/changed", link });
  },
});

store.subscribe((state, _, before) => {
  if (state.chosen !== before.chosen || state.compared !== before.compared || state.loaded !== before.loaded) {
    watch.show(onShow());
  }
  if (state.refusal !== before.refusal) form.refuse(state.refusal);
  repaint();
});
document.addEventListener("language/changed", () => {
  form.relabel();
  repaint();
});
document.addEventListener("theme/changed", () => {
  ink = readInk();
  repaint();
});
addEventListener("popstate", () => show(idInAddress()));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
setInterval(() => {
  const { reachable, runs } = store.state;
  if (!document.hidden && (!reachable || runs.some(isActive))) refresh();
}, POLL);

/** The chosen run first, then those overlaid. @returns {Run[]} */
function onShow() {
  const { runs, compared } = store.state;
  const others = compared.map((id) => runs.find((run) => run.id === id));
  return [chosenRun(store.state), ...others].filter((run) => run !== null && run !== undefined);
}

function paint() {
  const { state } = store;
  const lines = onShow().flatMap((run) => {
    const log = watch.log(run.id);
    return log ? [{ log, name: runName(run), iterations: run.progress.iterations }] : [];
  });
  controls.update(state);
  list.update(state);
  status.update(state);
  curves.update(state, chosenRun(state), lines, ink);
}

/** @param {Record<string, unknown>} config */
async function start(config) {
  store.dispatch({ type: "start/asked" });
  const run = await attempt(() => api.start(config));
  if (!run) return;
  store.dispatch({ type: "run/received", run });
  choose(run.id);
}

/** @param {Run} run @param {object} wish */
async function change(run, wish) {
  const answer = await attempt(() => api.change(run.id, wish));
  if (answer?.id) store.dispatch({ type: "run/received", run: answer });
}

/** @param {string} id */
function choose(id) {
  if (id === store.state.chosen) return;
  history.pushState(null, "", `/training/${id}`);
  show(id);
}

/** @param {string | null} id */
function show(id) {
  store.dispatch({ type: "run/chosen", id });
  const run = chosenRun(store.state);
  if (run) form.fill(run.config);
}

async function refresh() {
  const runs = await attempt(api.runs);
  if (runs) store.dispatch({ type: "runs/received", runs });
}

/**
 * A call whose refusal is shown and whose silence says that the server is away.
 *
 * @template T
 * @param {() => Promise<T>} call
 * @returns {Promise<T | null>}
 */
async function attempt(call) {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ProblemError) store.dispatch({ type: "start/refused", refusal: refusalOf(error) });
    else if (error instanceof UnreachableError) store.dispatch({ type: "server/lost" });
    else throw error;
    return null;
  }
}

/** @param {ProblemError} error @returns {Refusal} */
function refusalOf({ problem, message }) {
  return { detail: message, field: fieldOf({ ...problem, detail: message }) };
}

/** @returns {string | null} */
function idInAddress() {
  return /^\/training\/([^/]+)/.exec(location.pathname)?.[1] ?? null;
}

repaint();
await refresh();
show(idInAddress() ?? store.state.runs[0]?.id ?? null);
