/** @import {Log} from "./log.js" */
/** @import {Event, Moment, Run, Tensors} from "./types" */

import { createTurns } from "../turns.js";
import * as api from "./api.js";
import { isBeginning } from "./reduce.js";

const PAUSE = 700;
/** Looks of the past that fill the histograms over time when a run is opened; more would not be told apart. */
const RECALLED = 24;
const REMEMBERED = 60;

/**
 * Brings a run's saved moments to the page, and the looks inside that go with them: some of the past fill the
 * histograms over time, the one that is travelled to is shown.
 *
 * @param {object} parts
 * @param {(event: Event) => void} parts.dispatch
 * @param {(id: string) => Log | null} parts.log
 * @param {(error: unknown) => void} parts.onError
 */
export function createTravel({ dispatch, log, onError }) {
  /** @type {Map<string, Tensors>} looks with their images, by run and iteration, the latest asked for last */
  const looks = new Map();
  const takeTurn = createTurns();
  /** Looks of the past are asked for in turns of their own: new moments leave them going. */
  const takeRecall = createTurns();
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;
  /** @type {string | null} a run that began while it was looked at, and goes on: all of its looks come live */
  let live = null;

  /** @param {string} id */
  async function load(id) {
    const latest = takeTurn();
    try {
      const moments = await api.moments(id);
      if (latest()) dispatch({ type: "moments/received", id, moments });
    } catch (error) {
      onError(error);
    }
  }

  /** @param {string} id @param {number} iteration */
  async function lookAt(id, iteration) {
    const key = `${id} ${iteration}`;
    const look = looks.get(key) ?? (await api.moment(id, iteration));
    looks.delete(key);
    looks.set(key, look);
    const [oldest] = looks.keys();
    if (looks.size > REMEMBERED) looks.delete(oldest);
    return look;
  }

  /** Ask for new moments, at most once in a while. @param {string} id */
  function refresh(id) {
    timer ??= setTimeout(() => {
      timer = null;
      if (!document.hidden) load(id);
    }, PAUSE);
  }

  return {
    /** @param {Run | null} run the chosen run */
    follow(run) {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      takeTurn();
      takeRecall();
      live = run && isBeginning(run) ? run.id : null;
      // A run that begins has been nowhere yet, and it and the page that turns to it want both cores.
      if (live) refresh(live);
      else if (run) load(run.id);
    },
    refresh,
    /** Fill the histograms over time with looks of the past. @param {string} id @param {Moment[]} moments */
    async recall(id, moments) {
      if (id === live) return;
      const latest = takeRecall();
      const held = log(id);
      try {
        for (const { iteration } of spreadOut(moments, RECALLED)) {
          if (held?.looks.some((look) => look.iteration === iteration)) continue;
          await seen();
          if (!latest()) return;
          const look = await lookAt(id, iteration);
          if (!latest()) return;
          held?.recall(look);
          dispatch({ type: "look/recalled", id, iteration });
        }
      } catch (error) {
        onError(error);
      }
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

/** Wait until the tab is in view. */
async function seen() {
  while (document.hidden) {
    await new Promise((change) => document.addEventListener("visibilitychange", change, { once: true }));
  }
}

/**
 * @param {Moment[]} moments
 * @param {number} most
 * @returns {Moment[]} so many of them, evenly spread, first and last included
 */
export function spreadOut(moments, most) {
  if (moments.length <= most) return moments;
  return Array.from({ length: most }, (_, k) => moments[Math.round((k * (moments.length - 1)) / (most - 1))]);
}
