/** @import {Log} from "./log.js" */
/** @import {Event, Run, Tensors} from "./types" */

import * as api from "./api.js";

const PAUSE = 700;

/**
 * Brings a run's saved moments to the page, and the looks inside that go with them: those of the past fill the
 * histograms over time, the one that is travelled to is shown.
 *
 * @param {object} parts
 * @param {(event: Event) => void} parts.dispatch
 * @param {(id: string) => Log | null} parts.log
 * @param {(error: unknown) => void} parts.onError
 */
export function createTravel({ dispatch, log, onError }) {
  /** @type {Map<string, Tensors>} looks with their images, by run and iteration */
  const looks = new Map();
  let turn = 0;
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;

  /** @param {string} id */
  async function load(id) {
    turn += 1;
    const mine = turn;
    try {
      const moments = await api.moments(id);
      if (mine !== turn) return;
      dispatch({ type: "moments/received", id, moments });
      const held = log(id);
      for (const { iteration } of moments) {
        if (held?.looks.some((look) => look.iteration === iteration)) continue;
        const look = await lookAt(id, iteration);
        if (mine !== turn) return;
        held?.recall(look);
        dispatch({ type: "look/recalled", id, iteration });
      }
    } catch (error) {
      onError(error);
    }
  }

  /** @param {string} id @param {number} iteration */
  async function lookAt(id, iteration) {
    const key = `${id} ${iteration}`;
    const look = looks.get(key) ?? (await api.moment(id, iteration));
    looks.set(key, look);
    return look;
  }

  return {
    /** @param {Run | null} run the chosen run, or the same one with new moments to be asked for */
    follow(run) {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      looks.clear();
      turn += 1;
      if (run) load(run.id);
    },
    /** Ask for new moments, at most once in a while. @param {string} id */
    refresh(id) {
      timer ??= setTimeout(() => {
        timer = null;
        if (!document.hidden) load(id);
      }, PAUSE);
    },
    /** @param {string} id @param {number | null} iteration */
    async go(id, iteration) {
      dispatch({ type: "moment/chosen", iteration });
      if (iteration === null) return;
      try {
        dispatch({ type: "look/received", id, look: await lookAt(id, iteration) });
      } catch (error) {
        onError(error);
      }
    },
  };
}
