/** @import {Event, State} from "../types" */
import { fromAddress, toAddress } from "../url.js";
import { fragment, pack, packedIn } from "./link.js";

/** The graph goes into the address once the hand rests. */
const REST = 400;

/**
 * What an address asks to open: a graph in the link itself, a saved one, a run's mini-batch, or one of the gallery.
 *
 * @param {{pathname: string, search: string, hash: string}} location
 * @param {string} first the gallery's graph where the address names none
 * @returns {Event}
 */
export function arrival({ pathname, search, hash }, first) {
  const { saved, run, iteration = null, ...wanted } = fromAddress(pathname, search);
  const packed = packedIn(hash);
  if (packed !== null) return { type: "link/opened", packed, ...wanted };
  if (saved) return { type: "saved/opened", id: saved, ...wanted };
  if (run) return { type: "minibatch/opened", run, iteration, ...wanted };
  return { type: "graph/wanted", slug: first, ...wanted };
}

/** Whether the document is no longer the one that its path or query names. @param {State} state */
const changed = ({ linked, history }) => linked || history.past.length > 0 || history.future.length > 0;

/** Keeps the address in step with the state, so that a reload or a copied link brings all of it back. */
export function createAddress() {
  /** @type {import("../types").GraphDocument | null} */
  let packedDocument = null;
  let hash = "";
  let timer = 0;

  /** @param {State} state */
  function write(state) {
    const address = toAddress(state, location.search) + (changed(state) ? hash : "");
    if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
  }

  /** @param {State} state */
  return function remember(state) {
    if (!state.document) return;
    write(state);
    if (!changed(state) || state.document === packedDocument) return;
    window.clearTimeout(timer);
    const { document } = state;
    timer = window.setTimeout(async () => {
      hash = fragment(await pack(document));
      packedDocument = document;
      write(state);
    }, REST);
  };
}
