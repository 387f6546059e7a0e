/** @import {Dispatch, Event} from "./types" */

/**
 * A part of the page whose modules come when they are called for. An event that only they answer calls for them, and waits.
 * Modules that cannot come are not asked for again, since a browser remembers that they failed until the page is loaded
 * anew; what waited for them is given up.
 *
 * @param {() => Promise<void>} load
 * @param {{known: (event: Event) => boolean, dispatch: Dispatch, onMissing: () => void}} needs known: answered by what is there
 */
export function createLater(load, { known, dispatch, onMissing }) {
  /** @type {Event[]} */
  const waiting = [];
  let called = false;
  let settled = false;

  async function bring() {
    try {
      await load();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      onMissing();
    } finally {
      settled = true;
      for (const event of waiting.splice(0)) dispatch(event);
    }
  }

  /** Let the modules come. */
  function call() {
    if (called) return;
    called = true;
    bring();
  }

  return {
    call,
    /** Whether an event waits, or has nobody to answer it. @param {Event} event */
    holds(event) {
      if (known(event)) return false;
      if (!settled) waiting.push(event);
      call();
      return true;
    },
  };
}
