/** @import {State} from "./types" */

import { isActive } from "./reduce.js";

const EVERY = 2000;

/**
 * Asks for the list of runs every two seconds while it can change, or the server is away. One list at a time: on a slow
 * network they would queue, and the curve behind them.
 *
 * @param {() => State} state
 * @param {() => Promise<void>} refresh
 */
export function createPoll(state, refresh) {
  let asking = false;

  async function now() {
    if (asking) return;
    asking = true;
    try {
      await refresh();
    } finally {
      asking = false;
    }
  }

  setInterval(() => {
    const { reachable, runs } = state();
    if (!document.hidden && (!reachable || runs.some(isActive))) now();
  }, EVERY);

  return { now };
}
