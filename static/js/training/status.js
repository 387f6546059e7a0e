/** @import {Log} from "./log.js" */
/** @import {Run, State} from "./types" */

import { byId, set, write } from "../element.js";
import { number } from "../format.js";
import { language, t } from "../i18n.js";
import { recognised } from "../refusal.js";
import { differences, distinctions } from "./config.js";
import { duration } from "./duration.js";
import { chosenRun, isActive } from "./reduce.js";
import { refusalWords } from "./refusal.js";
import { verdict } from "./verdict.js";

/** The words for a run's state. @param {string} state */
export function stateWord(state) {
  return (
    {
      queued: t("waiting for a free core"),
      running: t("running"),
      paused: t("paused"),
      finished: t("finished"),
      stopped: t("stopped"),
      failed: t("failed"),
      diverged: t("diverged"),
    }[state] ?? state
  );
}

/** What each configuration is called: asked for at every repaint. @type {WeakMap<Run["config"], {language: string, words: string}>} */
const called = new WeakMap();

/** What a run is called: the name a person gave it, else what makes it differ. @param {Run} run */
export function runName({ name, config }) {
  if (name) return name;
  let known = called.get(config);
  if (known?.language !== language()) {
    known = { language: language(), words: differences(config, t) || t("The chapter's script") };
    called.set(config, known);
  }
  return known.words;
}

/**
 * What runs drawn together are called: names that were given, else what tells them apart.
 *
 * @param {Run[]} runs
 * @returns {string[]}
 */
export function namesTogether(runs) {
  if (runs.length < 2) return runs.map(runName);
  const told = distinctions(
    runs.map(({ config }) => config),
    t,
  );
  return runs.map((run, k) => run.name || told[k] || runName(run));
}

/** The head of the page: which run, how it stands, its progress and its numbers. */
export function createStatus() {
  const title = byId("run-title");
  const about = byId("run-about");
  const stateLine = byId("run-state");
  const bar = byId("progress");
  const done = byId("progress-done");
  const text = byId("progress-text");
  const notice = byId("notice");
  const announcer = byId("announcer");
  const metrics = {
    loss: /** @type {HTMLElement} */ (document.querySelector('[data-metric="loss"]')),
    train_accuracy: /** @type {HTMLElement} */ (document.querySelector('[data-metric="train_accuracy"]')),
    test_accuracy: /** @type {HTMLElement} */ (document.querySelector('[data-metric="test_accuracy"]')),
  };
  let announced = "";

  return {
    /** @param {State} state @param {Log | null} log of the chosen run */
    update(state, log) {
      const run = chosenRun(state);
      write(title, run ? runName(run) : t("Training"));
      write(about, run ? describe(run) : invitation(state));
      set(stateLine, "data-state", run?.state ?? "");
      write(stateLine, run ? stateWord(run.state) : "");
      advance(run);
      write(text, run ? progressText(run) : "");
      set(bar, "aria-valuetext", text.textContent ?? "");
      write(metrics.train_accuracy, shown(run?.metrics.train_accuracy, 4));
      write(metrics.test_accuracy, shown(run?.metrics.test_accuracy, 4));
      const [kind, words] = noticeOf(state, run, log);
      set(notice, "data-kind", kind);
      set(notice, "data-passing", state.refusal !== null || !state.reachable);
      set(notice, "hidden", words === "");
      write(notice, words);
      announce(run);
    },
    advance,
  };

  /** What is watched: the loss, and how far the run is. @param {Run | null} run */
  function advance(run) {
    const { iteration = 0, iterations = 1 } = run?.progress ?? {};
    const share = Math.min(1, iteration / iterations);
    done.style.setProperty("transform", `scaleX(${share})`);
    set(bar, "aria-valuenow", Math.round(100 * share));
    write(metrics.loss, shown(run?.metrics.loss, 4));
  }

  /** @param {Run | null} run tells a screen reader when the state changes, not at every step */
  function announce(run) {
    const key = run ? `${run.id} ${run.state}` : "";
    if (key === announced) return;
    announced = key;
    if (run) {
      const told = { name: runName(run), state: stateWord(run.state), accuracy: shown(run.metrics.test_accuracy, 4) };
      const known = run.metrics.test_accuracy !== null;
      write(announcer, known ? t("{name}: {state}. Test accuracy {accuracy}.", told) : t("{name}: {state}.", told));
    }
  }
}

/** @param {State} state */
function invitation({ network }) {
  if (network !== null)
    return t("Press Start: the graph “{title}” is the network that learns to read 60,000 digits.", { title: network });
  return t("Press Start: the chapter's network learns to read 60,000 digits in a few seconds.");
}

/** @param {Run} run */
function describe(run) {
  const { config } = run;
  if (config.graph) return t("The graph you drew, trained on MNIST.");
  if (config.architecture) return t("The book's small convolutional network, trained on MNIST.");
  const layers = ["784", ...config.hidden, "10"].join(" → ");
  return t("{layers} neurons, batches of {batch}, seed {seed}", {
    layers,
    batch: config.batch_size,
    seed: config.seed,
  });
}

/** @param {Run} run */
function progressText(run) {
  const grouped = (/** @type {number} */ n) => Math.round(n).toLocaleString(language());
  const { iteration, iterations, eta_seconds } = run.progress;
  const parts = [
    t("{iteration} of {iterations} iterations", { iteration: grouped(iteration), iterations: grouped(iterations) }),
  ];
  if (run.state === "running" && eta_seconds !== null) parts.push(t("{time} left", { time: duration(eta_seconds, t) }));
  if (run.state !== "queued" && run.samples_per_second) {
    parts.push(t("{n} images a second", { n: grouped(run.samples_per_second) }));
  }
  if (run.state === "finished" && run.seconds) parts.push(t("took {time}", { time: duration(run.seconds, t) }));
  return parts.join(" · ");
}

/**
 * What is wrong, and the next thing to do.
 *
 * @param {State} state
 * @param {Run | null} run
 * @param {Log | null} log
 * @returns {[kind: string, words: string]}
 */
function noticeOf(state, run, log) {
  const { link, refusal } = state;
  if (!state.reachable || link.state === "waiting" || (link.state === "connecting" && link.attempt > 0)) {
    const seconds = Math.max(1, Math.round(link.seconds));
    const lost = t("The server does not answer. What you see is kept; the page comes back by itself.");
    const when = link.state === "waiting" ? t("Trying again in {seconds} s.", { seconds }) : "";
    return ["bad", `${lost} ${when}`.trim()];
  }
  if (refusal) return ["bad", refusalWords(refusal)];
  if (state.loaded && state.chosen !== null && !run)
    return ["bad", t("There is no run {id}: it may have been deleted.", { id: state.chosen })];
  if (run?.state === "diverged" || run?.state === "failed") {
    const reason = run.reason ? (recognised(run.reason) ?? run.reason) : "?";
    const failed = run.state === "failed";
    return ["bad", failed ? t("This run failed: {reason}", { reason }) : t("This run diverged: {reason}", { reason })];
  }
  if (run?.state === "stopped" && run.reason) {
    const told = recognised(run.reason) ?? (language() === "en" ? run.reason : t("it was cut off from outside"));
    return ["quiet", t("{reason}. Resume takes it up where it was last saved.", { reason: upper(told) })];
  }
  const words = run && log && !isActive(run) ? verdict(run, log) : "";
  return [words ? "bad" : "", words];
}

/** @param {string} text */
const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** @param {import("./types").Scalar | null | undefined} value @param {number} digits */
function shown(value, digits) {
  if (value === null || value === undefined) return "–";
  return typeof value === "number" && Math.abs(value) < 1000 && Math.abs(value) >= 0.001
    ? value.toFixed(digits)
    : number(value, digits);
}
