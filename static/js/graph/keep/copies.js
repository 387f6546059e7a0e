/** @import {Copy, GraphDocument, State} from "../types" */

const PREFIX = "copy:";

/**
 * The graphs a person has changed and not saved, kept in this browser: one for each place a graph comes from, named
 * by its key (`keyOf`), and one for each graph of one's own. A browser that keeps nothing (full, or forbidden) still
 * edits.
 *
 * @param {() => Storage} storage
 * @param {(known: State["keep"]["copies"]) => void} changed told of what is kept, by key
 */
export function createCopies(storage, changed) {
  /** @type {State["keep"]["copies"]} */
  let known = {};

  /** @param {State["keep"]["copies"]} next */
  function tell(next) {
    if (JSON.stringify(next) === JSON.stringify(known)) return;
    known = next;
    changed(known);
  }

  /** @param {string} key @returns {Copy | null} */
  function get(key) {
    return attempt(() => JSON.parse(storage().getItem(PREFIX + key) ?? "null"), null);
  }

  const keys = () =>
    attempt(() => Object.keys(storage()), [])
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length))
      .sort();

  return {
    get,
    /** @param {string} key @param {Copy} copy @returns {boolean} false where there is no room */
    put(key, { hash, ...rest }) {
      // The hash stands first: a copy is found by it without reading all of the text.
      const text = JSON.stringify({ hash, ...rest });
      const kept = attempt(() => {
        storage().setItem(PREFIX + key, text);
        return true;
      }, false);
      if (kept) tell({ ...known, [key]: named({ hash, ...rest }) });
      return kept;
    },
    /** @param {string} key */
    drop(key) {
      attempt(() => storage().removeItem(PREFIX + key), undefined);
      const { [key]: _, ...others } = known;
      tell(others);
    },
    /** The key of the copy that was in this fragment of an address when it was kept. @param {string} hash @returns {string | null} */
    find(hash) {
      const begin = `{"hash":${JSON.stringify(hash)},`;
      return (
        keys().find((key) =>
          attempt(
            () =>
              storage()
                .getItem(PREFIX + key)
                ?.startsWith(begin),
            false,
          ),
        ) ?? null
      );
    },
    /** Read it all: at the start, and where another page of this browser has changed it. */
    read() {
      const copies = keys().map((key) => /** @type {const} */ ([key, get(key)]));
      tell(Object.fromEntries(copies.flatMap(([key, copy]) => (copy?.document?.nodes ? [[key, named(copy)]] : []))));
    },
  };
}

/** What a list tells of a copy. @param {Copy} copy */
const named = ({ hash, document }) => ({ hash, name: document.title ?? "", output: document.output });

/** @template T @param {() => T} call @param {T} otherwise @returns {T} */
function attempt(call, otherwise) {
  try {
    return call();
  } catch {
    return otherwise;
  }
}

/**
 * The key of the copy of a graph that has a place: the gallery's, a saved one, a run's mini-batch.
 *
 * @param {{slug?: string | null, saved?: string | null, run?: {id: string, iteration: string | null} | null}} place
 */
export function keyOf({ slug = null, saved = null, run = null }) {
  if (saved !== null) return `saved:${saved}`;
  if (run !== null) return `run:${run.id}:${run.iteration ?? ""}`;
  return `book:${slug}`;
}

const OWN = "own:";

/** A key for a graph that comes from nowhere else. */
export const ownKey = () => OWN + Date.now().toString(36) + Math.random().toString(36).slice(2, 6);

/** @param {string} key */
export const isOwn = (key) => key.startsWith(OWN);

/** Whether the document is another one than its place gives. @param {{document: GraphDocument | null, origin: GraphDocument | null}} state */
export const isChanged = ({ document, origin }) => document !== null && document !== origin;
