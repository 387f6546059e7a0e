/** @import {createCopies} from "./copies.js" */
/** @import {Dispatch, Event, GraphDocument, State} from "../types" */
import { message } from "../../i18n.js";
import { fromAddress, toAddress } from "../url.js";
import { isChanged } from "./copies.js";
import { fragment, pack, packedIn } from "./link.js";

/** The graph is kept, and goes into the address, once the hand rests. */
const REST = 400;

/**
 * What an address asks to open: a graph in the link itself, a saved one, a run's mini-batch, or one of the gallery.
 *
 * @param {{pathname: string, search: string, hash: string}} location
 * @param {string} first the gallery's graph where the address names none
 * @param {{copy?: string} | null} entry what the browser's history has kept with the address
 * @returns {Event}
 */
export function arrival({ pathname, search, hash }, first, entry) {
  const { saved, run, iteration = null, ...wanted } = fromAddress(pathname, search);
  const packed = packedIn(hash);
  const place = saved
    ? { type: "saved/opened", id: saved }
    : run
      ? { type: "minibatch/opened", run, iteration }
      : { type: "graph/wanted", slug: wanted.slug ?? first };
  if (packed === null) return { ...place, ...wanted };
  return { type: "link/opened", packed, place, copy: entry?.copy ?? null, ...wanted };
}

/** Whether the document is not the one that its path or query names. @param {State} state */
const isHeld = (state) => state.linked || isChanged(state);

/**
 * Keeps the address and this browser's copies in step with the state: a reload, a copied link and the way back to this
 * graph bring all of it back. Each graph that is opened is a page of the browser's history.
 *
 * @param {{dispatch: Dispatch, copies: ReturnType<typeof createCopies>, first: string}} needs
 * @returns {{remember: (state: State) => void, flush: () => void}} `remember` is to be told of every state
 */
export function createAddress({ dispatch, copies, first }) {
  /** What the address holds. */
  const held = { document: /** @type {GraphDocument | null} */ (null), hash: location.hash, copy: "", opening: 0 };
  let problem = /** @type {State["problem"]} */ (null);
  /** What is not kept yet. @type {State | null} */
  let waiting = null;
  let timer = 0;
  /** The copies there were, and the one that a person has deleted since: it stays away until its graph is changed. */
  let known = /** @type {State["keep"]["copies"]} */ ({});
  let deleted = "";
  /** Whether a page of the browser's history is on its way. */
  let returning = false;

  /** @param {State} state */
  function write(state) {
    const reopened = state.opening !== held.opening;
    if (returning && !reopened) return;
    const first = held.opening === 0;
    const another = state.copy !== held.copy && !first && !returning;
    if (returning) held.hash = location.hash;
    else if (another || (reopened && !first)) held.hash = "";
    const address = toAddress(state, location.search) + (isHeld(state) ? held.hash : "");
    if (address !== location.pathname + location.search + location.hash) {
      // A reload may overtake the address: what it left is known by its copy too.
      const entry = { copy: state.copy };
      if (another) history.pushState(entry, "", address);
      else history.replaceState(entry, "", address);
    }
    Object.assign(held, { copy: state.copy, opening: state.opening });
    returning = false;
  }

  /** @param {State} state @param {string} hash */
  function keep({ copy, document, origin }, hash) {
    if (copy === deleted) return;
    if (document === null || document.nodes.length === 0 || !isChanged({ document, origin })) copies.drop(copy);
    else if (!copies.put(copy, { hash, document })) {
      dispatch({ type: "keep/told", text: message("There is no room to keep this graph by itself: save it.") });
    }
  }

  /** Keep what was changed without waiting for anything: the page may be about to go. */
  function flush() {
    window.clearTimeout(timer);
    const state = waiting;
    waiting = null;
    if (state) keep(state, location.hash);
  }

  /** @param {State} state */
  async function rest(state) {
    if (!isHeld(state)) return flush();
    const hash = fragment(await pack(/** @type {GraphDocument} */ (state.document)));
    if (waiting !== state) return;
    waiting = null;
    held.hash = hash;
    write(state);
    keep(state, location.hash);
  }

  window.addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  window.addEventListener("popstate", () => {
    returning = true;
    dispatch(arrival(location, first, history.state));
  });

  /** @param {State} state */
  function remember(state) {
    // Where the way back is refused, the graph on the page keeps its address.
    if (state.problem !== null && state.problem !== problem) returning = false;
    problem = state.problem;
    if (!state.document) return;
    if (known[state.copy] && !state.keep.copies[state.copy]) deleted = state.copy;
    known = state.keep.copies;
    if (waiting && waiting.copy !== state.copy) flush();
    const opened = state.opening !== held.opening;
    const moved = state.copy !== held.copy;
    if (opened || !state.playing) write(state);
    if (state.document === held.document && !moved) return;
    held.document = state.document;
    // What is only looked at is not kept.
    if (opened && !isHeld(state)) return;
    waiting = state;
    deleted = "";
    window.clearTimeout(timer);
    timer = window.setTimeout(() => rest(state), REST);
  }

  return { remember, flush };
}
