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
  /** @type {"away" | "coming" | "here" | "missing"} */
  let stage = "away";

  async function bring() {
    stage = "coming";
    try {
      await load();
      stage = "here";
    } catch (error) {
      stage = "missing";
      if (!(error instanceof TypeError)) throw error;
      onMissing();
    } finally {
      for (const event of waiting.splice(0)) dispatch(event);
    }
  }

  /** Let the modules come. */
  function call() {
    if (stage === "away") bring();
  }

  return {
    call,
    /** Whether an event waits, or has nobody to answer it. @param {Event} event */
    holds(event) {
      if (known(event) || stage === "here") return false;
      if (stage !== "missing") waiting.push(event);
      call();
      return true;
    },
  };
}
