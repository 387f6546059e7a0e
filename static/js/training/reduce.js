/** @import {Event, Message, Run, State} from "./types" */

/** @type {State} */
export const initial = {
  runs: [],
  loaded: false,
  chosen: null,
  link: { state: "closed", attempt: 0, seconds: 0 },
  reachable: true,
  absences: 0,
  starting: false,
  refusal: null,
  network: null,
  logarithmic: false,
  compared: [],
  filter: "",
  moments: [],
  moment: null,
  look: null,
};

/** @type {Pick<State, "moments" | "moment" | "look">} */
const THE_PRESENT = { moments: [], moment: null, look: null };

/**
 * @param {State} state
 * @param {Event} event
 * @returns {State}
 */
export function reduce(state, event) {
  switch (event.type) {
    case "runs/received":
      return {
        ...answered(state),
        ...(event.runs.some(({ id }) => id === state.chosen) ? {} : THE_PRESENT),
        loaded: true,
        runs: newestFirst(event.runs.map((run) => newer(state, run))),
      };
    case "run/received":
      return { ...withRun(answered(state), event.run), starting: false, refusal: null };
    case "run/chosen":
      return {
        ...state,
        ...THE_PRESENT,
        chosen: event.id,
        link: event.id === state.chosen ? state.link : initial.link,
        // What was refused before there was a list still is.
        refusal: state.chosen === null ? state.refusal : null,
        compared: stillCompared(state, event.id),
      };
    case "run/removed":
      return {
        ...state,
        runs: state.runs.filter((run) => run.id !== event.id),
        chosen: state.chosen === event.id ? null : state.chosen,
        compared: without(state.compared, event.id),
      };
    case "run/compared": {
      const others = without(state.compared, event.id);
      return { ...state, compared: event.shown ? [...others, event.id] : others };
    }
    case "message/received": {
      const run = state.runs.find(({ id }) => id === event.id);
      return run ? withRun(state, { ...told(run, event.message), seq: event.message.seq }) : state;
    }
    case "link/changed":
      return { ...(event.link.state === "open" ? answered(state) : state), link: event.link };
    case "server/lost":
      return { ...state, reachable: false, starting: false };
    case "start/asked":
      return { ...state, starting: true, refusal: null };
    case "start/refused":
      return { ...state, starting: false, refusal: event.refusal };
    case "refusal/dismissed":
      return state.refusal ? { ...state, refusal: null } : state;
    case "network/chosen":
      return { ...state, network: event.title };
    case "axis/changed":
      return { ...state, logarithmic: event.logarithmic };
    case "filter/changed":
      return { ...state, filter: event.filter };
    case "moments/received":
      return event.id === state.chosen ? { ...state, moments: event.moments } : state;
    case "moment/chosen":
      return { ...state, moment: event.iteration, look: event.iteration === null ? null : state.look };
    case "look/received":
      return event.id === state.chosen && event.look.iteration === state.moment
        ? { ...state, look: event.look }
        : state;
    case "look/recalled":
      return event.id === state.chosen ? { ...state } : state;
  }
}

/**
 * A run as it stands after one message of its stream.
 *
 * @param {Run} run
 * @param {Message} message
 * @returns {Run}
 */
export function told(run, message) {
  switch (message.type) {
    case "steps": {
      const last = message.iteration.length - 1;
      if (last < 0) return run;
      return {
        ...run,
        progress: { ...run.progress, iteration: message.iteration[last] + 1 },
        metrics: { ...run.metrics, loss: message.loss[last] },
      };
    }
    case "epoch": {
      const { epoch, train_accuracy, test_accuracy } = message;
      return { ...run, metrics: { ...run.metrics, epoch, train_accuracy, test_accuracy } };
    }
    case "state":
      return { ...run, state: message.state, reason: message.reason ?? null };
    case "progress": {
      const { iteration, iterations, eta_seconds, samples_per_second } = message;
      return { ...run, progress: { iteration, iterations, eta_seconds }, samples_per_second };
    }
    default:
      return run;
  }
}

/** @param {State} state @returns {Run | null} */
export function chosenRun(state) {
  return state.runs.find(({ id }) => id === state.chosen) ?? null;
}

/** @param {Run} run whether it may still send events @returns {boolean} */
export function isActive(run) {
  return run.state === "queued" || run.state === "running" || run.state === "paused";
}

/** Whether a run is about to take its first steps. @param {Run} run */
export function isBeginning(run) {
  return (run.state === "queued" || run.state === "running") && run.progress.iteration === 0;
}

/**
 * Which of the five buttons can be pressed now.
 *
 * @param {State} state
 * @returns {{start: boolean, pause: boolean, resume: boolean, step: boolean, stop: boolean}}
 */
export function possible(state) {
  const run = chosenRun(state);
  const now = run?.state;
  const unfinished = run !== null && run.progress.iteration < run.progress.iterations;
  return {
    start: !state.starting && state.reachable,
    pause: now === "running" || now === "queued",
    resume: now === "paused" || (unfinished && (now === "stopped" || now === "failed")),
    step: now === "paused",
    stop: run !== null && isActive(run),
  };
}

/** The chosen run first, then those overlaid. @param {State} state @returns {Run[]} */
export function onShow(state) {
  const others = state.compared.map((id) => state.runs.find((run) => run.id === id));
  return [chosenRun(state), ...others].filter((run) => run !== null && run !== undefined);
}

/** @param {State} state @returns {State} as it is once the server has answered */
function answered(state) {
  return state.reachable ? state : { ...state, reachable: true, absences: state.absences + 1 };
}

/** @param {State} state @param {Run} run @returns {State} */
function withRun(state, run) {
  const known = state.runs.some(({ id }) => id === run.id);
  const runs = known ? state.runs.map((other) => (other.id === run.id ? run : other)) : [run, ...state.runs];
  return { ...state, runs };
}

/** What the stream has told since the list was made still holds; who has ended is believed. @param {State} state @param {Run} listed */
function newer({ runs }, listed) {
  const known = runs.find(({ id }) => id === listed.id);
  return known && isActive(listed) && listed.seq < known.seq ? known : listed;
}

/** @param {Run[]} runs @returns {Run[]} */
function newestFirst(runs) {
  return [...runs].sort((a, b) => b.created.localeCompare(a.created));
}

/**
 * Whoever chooses one of the runs laid over each other goes on comparing, the one left stays among them; any other
 * choice is a look at one run alone.
 *
 * @param {State} state
 * @param {string | null} id
 */
function stillCompared({ compared, chosen }, id) {
  if (id === null || !compared.includes(id)) return [];
  return chosen === null ? without(compared, id) : [chosen, ...without(compared, id)];
}

/** @param {string[]} ids @param {string | null} id */
function without(ids, id) {
  return ids.filter((other) => other !== id);
}
