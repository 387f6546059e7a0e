/** @import {State} from "./types" */

const HOME = "/graphs";

/**
 * The properties of the state that a link's query holds: how each is written and read. One at rest is left out.
 *
 * @type {{key: string, write: (state: State) => string | null, read: (text: string) => Record<string, any>}[]}
 */
export const PROPERTIES = [
  { key: "step", write: (state) => (state.step === null ? null : String(state.step)), read: readStep },
  { key: "node", write: (state) => (state.step === null ? state.shown.node : null), read: (node) => ({ node }) },
  { key: "saved", write: (state) => state.keep.open?.id ?? null, read: (saved) => ({ saved }) },
  { key: "run", write: (state) => state.run?.id ?? null, read: (run) => ({ run }) },
  { key: "iteration", write: (state) => state.run?.iteration ?? null, read: (iteration) => ({ iteration }) },
  // A graph of its own, in a link: the page must not come with the words of the gallery's first.
  { key: "own", write: (state) => (state.linked && state.slug === null ? "1" : null), read: () => ({}) },
  { key: "view", write: writeView, read: readView },
];

/** @param {State} state */
function writeView({ view }) {
  return view && [view.x, view.y, view.k].map((n) => Number(n.toFixed(2))).join(",");
}

/** @param {string} text */
function readView(text) {
  const [x, y, k] = text.split(",").map(Number);
  return [x, y, k].every(Number.isFinite) && k > 0 ? { view: { x, y, k } } : {};
}

/** @param {string} text */
function readStep(text) {
  return /^\d+$/.test(text) ? { step: Number(text) } : {};
}

/**
 * The address of a state: the gallery's name in the path, the rest in the query, where unknown parameters stay.
 *
 * @param {State} state
 * @param {string} [search]
 * @returns {string}
 */
export function toAddress(state, search = "") {
  const parameters = new URLSearchParams(search);
  // In one order, whichever changed first: the same state has the same address.
  for (const { key } of PROPERTIES) parameters.delete(key);
  for (const { key, write } of PROPERTIES) {
    const text = write(state);
    if (text !== null) parameters.set(key, text);
  }
  const query = parameters.toString();
  const path = state.slug === null ? HOME : `${HOME}/${encodeURIComponent(state.slug)}`;
  return query === "" ? path : `${path}?${query}`;
}

/**
 * What an address asks for.
 *
 * @param {string} pathname
 * @param {string} search
 * @returns {Record<string, any>}
 */
export function fromAddress(pathname, search) {
  const slug = pathname.startsWith(`${HOME}/`) ? decodeURIComponent(pathname.slice(HOME.length + 1)) : null;
  const parameters = new URLSearchParams(search);
  /** @type {Record<string, any>} */
  const wanted = slug ? { slug } : {};
  for (const { key, read } of PROPERTIES) {
    const text = parameters.get(key);
    if (text !== null) Object.assign(wanted, read(text));
  }
  return wanted;
}
