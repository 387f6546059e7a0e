/** @import {Attempt} from "../attempt.js" */
/** @import {createCopies} from "./copies.js" */
/** @import {Dispatch, Event, GraphDocument, SavedEntry, State} from "../types" */
import * as api from "../../api.js";
import { inLanguage } from "../../format.js";
import { message } from "../../i18n.js";
import { misfit } from "../../training/fit.js";
import { keyOf, ownKey } from "./copies.js";
import { hand, pictureOf } from "./file.js";
import { fragment, pack } from "./link.js";
import { spoken } from "./spoken.js";

/**
 * Keeping and taking home: saved graphs, links, files.
 *
 * @param {{dispatch: Dispatch, state: () => State, attempt: Attempt, copies: ReturnType<typeof createCopies>, name: (entry: SavedEntry) => void}} needs
 * @returns {Record<string, (event: Event) => void>} by event type
 */
export function createKeepEffects({ dispatch, state, attempt, copies, name }) {
  /** The graph that each wish under way is about. @type {Map<string, GraphDocument | null>} */
  const underway = new Map();

  return {
    "graph/saved": (event) => onPage(event, (now) => save(now, event.name, event.again)),
    "saved/deleted": ({ entry }) =>
      attempt(async () => {
        await api.saved.remove(entry.id);
        dispatch({ type: "saved/removed", entry, copy: ownKey() });
      }),
    "saved/undeleted": ({ entry }) =>
      attempt(async () => {
        const { document: _, ...restored } = await api.saved.restore(entry.id);
        dispatch({ type: "saved/restored", entry: restored });
      }),
    "naming/wanted": ({ entry }) => name(entry),
    "saved/named": ({ entry, name }) => attempt(() => rename(entry, name)),
    "copy/dropped": ({ key, undo = false }) => {
      const copy = undo ? copies.get(key) : null;
      copies.drop(key);
      if (copy) dispatch({ type: "keep/told", text: message("Deleted"), undo: { type: "copy/restored", key, copy } });
    },
    "copy/restored": ({ key, copy }) => {
      copies.put(key, copy);
      dispatch({ type: "keep/told", text: message("Restored") });
    },
    "graph/exported": (event) => onPage(event, (now) => exportFile(now, event.kind, event.ending)),
    "graph/trained": (event) => onPage(event, train),
    "graph/shared": () => attempt(share),
  };

  /**
   * A call about the graph that is on the page now: where the server is away it is made again, and another graph may be
   * there by then. Pressing again meanwhile asks for nothing more.
   *
   * @param {Event} event
   * @param {(now: State) => Promise<void>} call
   */
  function onPage(event, call) {
    const now = state();
    const wish = JSON.stringify(event);
    if (underway.get(wish) === now.document) return undefined;
    underway.set(wish, now.document);
    return attempt(async () => {
      try {
        await call(now);
        underway.delete(wish);
      } catch (error) {
        if (!(error instanceof api.UnreachableError)) underway.delete(wish);
        throw error;
      }
    });
  }

  /** @param {State} now @param {string} name @param {boolean} again in place of the version that is open */
  async function save({ document, keep, copy, opening }, name, again) {
    if (!document) return;
    const titled = { ...document, title: name };
    const { document: _, ...entry } =
      again && keep.open ? await api.saved.replace(keep.open, name, titled) : await api.saved.add(name, titled);
    const own = keyOf({ saved: entry.id });
    dispatch({ type: "saved/received", entry, document, titled, copy: own, from: { copy, opening } });
    // Where the page has left it, more may have been made of it before.
    const left = state().copy === own ? document : copies.get(copy)?.document;
    if (copy !== own && JSON.stringify(left) === JSON.stringify(document))
      dispatch({ type: "copy/dropped", key: copy });
  }

  /** A name alone: what is stored under it stays as it is. @param {SavedEntry} entry @param {string} name */
  async function rename(entry, name) {
    const { document: stored, ...current } = await api.saved.get(entry.id);
    const { document: _, ...renamed } = await api.saved.replace(current, name, { ...stored, title: name });
    dispatch({ type: "saved/renamed", entry: renamed });
  }

  /** @param {State} now @param {string} kind @param {string} ending */
  async function exportFile({ document, language }, kind, ending) {
    if (!document) return;
    const drawn = kind === "svg" || kind === "png" ? spoken(document, language) : document;
    const file = await api.exportGraph(kind === "png" ? "svg" : kind, drawn);
    const name = (inLanguage(document.title, language) || "graph").replace(/[^\p{L}\p{N}]+/gu, "-");
    hand(kind === "png" ? await pictureOf(file) : file, `${name}.${ending}`);
  }

  /** The graph that is drawn becomes the network that trains: it needs x, t and a loss. @param {State} now */
  async function train({ document }) {
    if (!document) return;
    const wrong = misfit(document);
    if (wrong) throw new api.ProblemError({ title: wrong, detail: wrong });
    location.assign(`/training/${(await api.train(document)).id}`);
  }

  async function share() {
    const { document } = state();
    if (!document) return;
    const link = new URL(location.href);
    link.hash = fragment(await pack(document));
    history.replaceState(history.state, "", link);
    try {
      await navigator.clipboard.writeText(link.href);
      dispatch({
        type: "keep/told",
        text: message("Link copied: it holds the graph, its values, the step and the view"),
      });
    } catch {
      dispatch({ type: "keep/told", text: message("The link is in the address bar: copy it from there") });
    }
  }
}
