/** @import {Attempt} from "../attempt.js" */
/** @import {Dispatch, Event, State} from "../types" */
import * as api from "../../api.js";
import { questionOf } from "./reduce.js";

/** A check starts once the hand rests. */
const REST = 250;

/**
 * Keeps an open gradient check in step with the graph: the last question asked is the only one in flight.
 *
 * @param {{dispatch: Dispatch, state: () => State, attempt: Attempt}} needs
 */
export function createChecker({ dispatch, state, attempt }) {
  let timer = 0;
  let controller = new AbortController();
  let asked = "";

  /** @param {string} question */
  async function ask(question) {
    const { document, check, revision } = state();
    if (!document || !check) return;
    controller = new AbortController();
    const { signal } = controller;
    dispatch({ type: "check/asked", question });
    await attempt(async () => {
      try {
        const result = await api.check({ graph: document, epsilon: check.epsilon, every_node: true }, signal);
        dispatch({ type: "check/received", question, result, revision });
      } catch (error) {
        if (signal.aborted) return;
        // A server that is away is asked again: the question stands.
        if (error instanceof api.ProblemError) dispatch({ type: "check/stopped" });
        throw error;
      }
    });
  }

  function stop() {
    window.clearTimeout(timer);
    controller.abort();
    asked = "";
  }

  return {
    /** @type {Record<string, (event: Event) => void>} */
    effects: {
      "check/cancelled": () => {
        const question = asked;
        stop();
        asked = question;
        dispatch({ type: "check/stopped" });
      },
    },
    /** @param {State} now */
    follow(now) {
      if (!now.check) {
        if (asked) stop();
        return;
      }
      const question = questionOf(now);
      if (question === asked || !now.document || now.problem) return;
      stop();
      asked = question;
      timer = window.setTimeout(() => ask(question), REST);
    },
  };
}
