/** @import {Log} from "./log.js" */
/** @import {Stream} from "./stream.js" */
/** @import {Message, Run, State} from "./types" */

import { streamAddress } from "./api.js";
import { createLog } from "./log.js";
import { createStream } from "./stream.js";

/**
 * The logs of the runs on show: the chosen one and those overlaid. Each is fed by its own stream, which sleeps while the
 * tab is hidden and takes up where it left off; a run that is off show keeps its log for when it comes back. Looks inside
 * are asked for the chosen run only.
 *
 * @param {{onMessage: (id: string, message: Message) => void, onLink: (id: string, link: State["link"]) => void}} listener
 */
export function createWatch({ onMessage, onLink }) {
  /** @type {Map<string, {log: Log, stream: Stream}>} */
  const watched = new Map();
  /** @type {Set<string>} */
  let wanted = new Set();
  /** @type {string | null} */
  let chosen = null;

  document.addEventListener("visibilitychange", wake);

  function wake() {
    for (const [id, { stream }] of watched) {
      if (wanted.has(id) && !document.hidden) stream.open();
      else stream.close();
    }
  }

  /** @param {Run} run */
  function add(run) {
    const log = createLog();
    const stream = createStream({
      address: (after) => streamAddress(run.id, after, run.id === chosen),
      onMessage(message) {
        log.append(message);
        onMessage(run.id, message);
      },
      onLink: (link) => onLink(run.id, link),
    });
    watched.set(run.id, { log, stream });
  }

  return {
    /** @param {Run[]} runs those on show, the chosen one first */
    show(runs) {
      for (const run of runs) if (!watched.has(run.id)) add(run);
      wanted = new Set(runs.map(({ id }) => id));
      const now = runs[0]?.id ?? null;
      // Whoever gains or loses the looks inside is dialled anew, from where it stands.
      for (const id of now === chosen ? [] : [now, chosen]) watched.get(id ?? "")?.stream.close();
      chosen = now;
      wake();
    },
    /** @param {string} id */
    forget(id) {
      watched.get(id)?.stream.close();
      watched.delete(id);
    },
    /** @param {string} id @returns {Log | null} */
    log: (id) => watched.get(id)?.log ?? null,
  };
}
