/** @import {Config, Event, Refusal, Run} from "./types" */

import { ProblemError, UnreachableError } from "../api.js";
import { language, t } from "../i18n.js";
import * as api from "./api.js";
import { fieldOf } from "./config.js";
import { isActive } from "./reduce.js";

/**
 * What a person can ask of the server, each answered by events: a refusal is shown where it belongs, silence says that
 * the server is away.
 *
 * @param {(event: Event) => void} dispatch
 */
export function createCommands(dispatch) {
  /** Answers so far: a list that was asked for before the latest of them may lack what that one brought. */
  let answers = 0;

  /**
   * @template T
   * @param {() => Promise<T>} call
   * @returns {Promise<T | null>}
   */
  async function attempt(call) {
    try {
      const answer = await call();
      answers += 1;
      return answer;
    } catch (error) {
      failed(error);
      return null;
    }
  }

  /** @param {unknown} error */
  function failed(error) {
    if (error instanceof ProblemError) dispatch({ type: "start/refused", refusal: refusalOf(error) });
    else if (error instanceof UnreachableError) dispatch({ type: "server/lost" });
    else throw error;
  }

  /** @param {() => Promise<Run>} call @returns {Promise<Run | null>} */
  async function received(call) {
    const run = await attempt(call);
    if (run) dispatch({ type: "run/received", run });
    return run;
  }

  return {
    failed,
    /** @param {object} config */
    start(config) {
      dispatch({ type: "start/asked" });
      return received(() => api.start(config));
    },
    /** All runs of an experiment, or as many as were accepted. @param {Partial<Config>[]} configs */
    async startAll(configs) {
      /** @type {Run[]} */
      const runs = [];
      for (const config of configs) {
        const run = await received(() => api.start(config));
        if (!run) break;
        runs.push(run);
      }
      return runs;
    },
    /** @param {Run} run @param {object} wish */
    change: (run, wish) => received(() => api.change(run.id, wish).catch((error) => overtaken(run, error))),
    /** @param {Run} run @returns {Promise<boolean>} whether it is gone */
    async remove(run) {
      const gone = await attempt(() => api.remove(run.id).then(() => true));
      if (gone) dispatch({ type: "run/removed", id: run.id });
      return gone === true;
    },
    /** @param {Run} run */
    restore: (run) => received(() => api.restore(run.id)),
    /** A run's configuration, whole: lists leave out what is in a graph of one's own. @param {Run} run @returns {Promise<Config | null>} */
    async configOf(run) {
      return run.config.graph ? ((await attempt(() => api.run(run.id)))?.config ?? null) : run.config;
    },
    /** @param {File} file */
    bring: (file) =>
      received(async () => {
        try {
          return await api.bring(file);
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error;
          const right = t(
            "This file is not brought in: an .npz or .safetensors file with W1, b1, W2, b2 and so on is.",
          );
          throw new ProblemError({
            title: right,
            detail: language() === "en" ? `${right} (${error.message})` : right,
          });
        }
      }),
    async refresh() {
      for (;;) {
        const before = answers;
        const runs = await attempt(api.runs);
        if (!runs) return;
        if (answers === before + 1) return dispatch({ type: "runs/received", runs });
      }
    },
  };
}

/**
 * A run that ended before a wish about it arrived is no fault of the person's: it stands there as it ended.
 *
 * @param {Run} run @param {unknown} error @returns {Promise<Run>}
 */
async function overtaken(run, error) {
  if (!(error instanceof ProblemError) || !error.problem.type?.endsWith("#problem-conflict")) throw error;
  const now = await api.run(run.id);
  if (isActive(now)) throw error;
  return now;
}

/** @param {ProblemError} error @returns {Refusal} */
function refusalOf({ problem, message }) {
  const field = fieldOf({ ...problem, detail: message });
  return { title: problem.title, detail: message, field, limit: problem.type?.endsWith("#problem-limit") };
}
