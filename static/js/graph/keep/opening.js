/** @import {Attempt} from "../attempt.js" */
/** @import {createCopies} from "./copies.js" */
/** @import {Dispatch, Event, GraphDocument} from "../types" */
import * as api from "../../api.js";
import { t } from "../../i18n.js";
import { createTurns } from "../../turns.js";
import { isOwn, keyOf, ownKey } from "./copies.js";
import { fragment, unpack } from "./link.js";

/**
 * Opening a graph: the gallery's, a saved one, a run's mini-batch, one in a link or a file; always as a person left it.
 * Of several the one that was asked for last opens, in whatever order the answers come.
 *
 * @param {{dispatch: Dispatch, attempt: Attempt, copies: ReturnType<typeof createCopies>, flush: () => void}} needs
 * @returns {Record<string, (event: Event) => void>} by event type
 */
export function createOpening({ dispatch, attempt, copies, flush }) {
  const takeTurn = createTurns();

  return {
    "graph/wanted": ({ type: _, slug, ...rest }) =>
      latest(() => opened({ slug }, async () => ({ document: await api.graph(slug), slug }), rest)),
    "saved/opened": ({ type: _, id, ...rest }) => {
      const given = async () => {
        const { document, ...saved } = await api.saved.get(id);
        return { document, saved };
      };
      return latest(() => opened({ saved: id }, given, rest));
    },
    "minibatch/opened": ({ type: _, run: id, iteration, ...rest }) => {
      const run = { id, iteration };
      return latest(() => opened({ run }, async () => ({ document: await api.minibatch(id, iteration), run }), rest));
    },
    "copy/opened": ({ type: _, key, ...rest }) => {
      takeTurn();
      const copy = keptAt(key);
      if (copy) dispatch({ type: "document/opened", document: copy.document, ...alone(key), ...rest });
    },
    "link/opened": ({ type: _, packed, place, copy, ...rest }) => latest(() => linked(packed, place, copy, rest)),
    "file/opened": ({ file }) => latest(() => read(file)),
  };

  /** @param {() => Promise<() => Event>} find gives what opens it, made only where it is wanted still */
  function latest(find) {
    const wanted = takeTurn();
    return attempt(async () => {
      const opens = await find();
      if (wanted()) dispatch(opens());
    }, wanted);
  }

  /** A copy, with what was changed last. @param {string} key */
  function keptAt(key) {
    flush();
    return copies.get(key);
  }

  /**
   * What a place gives, or what a person has made of it.
   *
   * @param {Parameters<typeof keyOf>[0]} place
   * @param {() => Promise<{document: GraphDocument} & Record<string, any>>} give
   * @param {object} rest
   * @returns {Promise<() => Event>}
   */
  async function opened(place, give, rest) {
    const key = keyOf(place);
    try {
      const { document: origin, ...given } = await give();
      return () => {
        const document = keptAt(key)?.document ?? origin;
        return { type: "document/opened", document, origin, copy: key, ...given, ...rest };
      };
    } catch (error) {
      // The place is gone, what was made of it is not.
      const copy = error instanceof api.ProblemError && copies.get(key);
      if (!copy) throw error;
      return () => ({ type: "document/opened", document: copy.document, ...alone(key), ...rest });
    }
  }

  /** A reload asks for what it left, even where the hand had not rested yet. @param {string} packed @param {Event} place @param {string | null} copy the key of what was left here @param {object} rest @returns {Promise<() => Event>} */
  async function linked(packed, place, copy, rest) {
    const key = copies.find(fragment(packed)) ?? (copy !== null && copies.get(copy) ? copy : null);
    if (key !== null) return () => (isOwn(key) ? { type: "copy/opened", key, ...rest } : { ...place, ...rest });
    /** @type {GraphDocument} */
    let document;
    try {
      document = await unpack(packed);
    } catch {
      throw new api.ProblemError({
        title: t("This link does not hold a whole graph"),
        detail: t("This link does not hold a whole graph: it was cut or changed on the way. Ask for it again."),
      });
    }
    return () => ({ type: "document/opened", document, linked: true, copy: ownKey(), ...rest });
  }

  /** @param {File} file @returns {Promise<() => Event>} */
  async function read(file) {
    const text = await file.text();
    let document;
    try {
      document = JSON.parse(text);
    } catch {
      // No formula begins with a brace: this was a document.
      if (text.trimStart().startsWith("{")) {
        throw new api.ProblemError({
          title: t("This file does not hold a whole graph"),
          detail: t("This file does not hold a whole graph: it was cut or changed on the way."),
        });
      }
      document = (await api.parse(text)).graph;
    }
    // The server reads it first: a file that is no graph leaves the one at hand where it is.
    await api.evaluate({ graph: document });
    return () => ({ type: "document/opened", document, linked: true, copy: ownKey() });
  }
}

/** A copy that belongs to no place any more. @param {string} key */
const alone = (key) => ({ linked: true, copy: key, origin: null });
