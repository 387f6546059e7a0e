/** @import {Dispatch, Event, GraphDocument, State} from "../types" */
import * as api from "../../api.js";
import { inLanguage } from "../../format.js";
import { message, t } from "../../i18n.js";
import { misfit } from "../../training/fit.js";
import { hand, pictureOf } from "./file.js";
import { fragment, pack, unpack } from "./link.js";

/** The file that each export gives, and what it is called. */
export const EXPORTS = [
  { kind: "json", ending: "json", name: message("Graph document (JSON)") },
  { kind: "svg", ending: "svg", name: message("Drawing (SVG)") },
  { kind: "png", ending: "png", name: message("Picture (PNG)") },
  { kind: "tex", ending: "tex", name: message("LaTeX (TikZ)") },
  { kind: "layers.py", ending: "py", name: message("The book's layers (Python)") },
  { kind: "torch.py", ending: "torch.py", name: message("PyTorch code (Python)") },
];

/**
 * Keeping and taking home: saved graphs, links, files.
 *
 * @param {{dispatch: Dispatch, state: () => State, attempt: (call: () => Promise<void>) => Promise<void>}} needs
 * @returns {Record<string, (event: Event) => void>} by event type
 */
export function createKeepEffects({ dispatch, state, attempt }) {
  return {
    "saved/wanted": () => attempt(async () => dispatch({ type: "saved/listed", entries: await api.saved.list() })),
    "saved/opened": ({ type: _, id, ...rest }) =>
      attempt(async () => {
        const { document, ...entry } = await api.saved.get(id);
        dispatch({ type: "document/opened", document, saved: entry, ...rest });
      }),
    "link/opened": ({ type: _, packed, ...rest }) => attempt(() => openLink(packed, rest)),
    "minibatch/opened": ({ type: _, run, iteration, ...rest }) =>
      attempt(async () => {
        dispatch({
          type: "document/opened",
          document: await api.minibatch(run, iteration),
          run: { id: run, iteration },
          ...rest,
        });
      }),
    "graph/saved": ({ name, again }) => attempt(() => save(name, again)),
    "saved/deleted": ({ entry }) =>
      attempt(async () => {
        await api.saved.remove(entry.id);
        dispatch({ type: "saved/removed", entry });
      }),
    "saved/undeleted": ({ entry }) =>
      attempt(async () => {
        const { document: _, ...restored } = await api.saved.restore(entry.id);
        dispatch({ type: "saved/restored", entry: restored });
      }),
    "graph/exported": ({ kind, ending }) => attempt(() => exportFile(kind, ending)),
    "graph/trained": () => attempt(train),
    "graph/shared": () => attempt(share),
    "file/opened": ({ file }) => attempt(() => openFile(file)),
  };

  /** @param {string} packed @param {object} rest */
  async function openLink(packed, rest) {
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
    dispatch({ type: "document/opened", document, linked: true, ...rest });
  }

  /** @param {string} name @param {boolean} again in place of the version that is open */
  async function save(name, again) {
    const { document, keep } = state();
    if (!document) return;
    const titled = { ...document, title: name };
    const { document: _, ...entry } =
      again && keep.open ? await api.saved.replace(keep.open, name, titled) : await api.saved.add(name, titled);
    dispatch({ type: "saved/received", entry });
  }

  /** @param {string} kind @param {string} ending */
  async function exportFile(kind, ending) {
    const { document } = state();
    if (!document) return;
    const file = await api.exportGraph(kind === "png" ? "svg" : kind, document);
    const name = (inLanguage(document.title, state().language) || "graph").replace(/[^\p{L}\p{N}]+/gu, "-");
    hand(kind === "png" ? await pictureOf(file) : file, `${name}.${ending}`);
  }

  /** The graph that is drawn becomes the network that trains: it needs x, t and a loss. */
  async function train() {
    const { document } = state();
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
    history.replaceState(null, "", link);
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

  /** @param {File} file */
  async function openFile(file) {
    const text = await file.text();
    let document;
    try {
      document = JSON.parse(text);
    } catch {
      document = (await api.parse(text)).graph;
    }
    // The server reads it first: a file that is no graph leaves the one at hand where it is.
    await api.evaluate({ graph: document });
    dispatch({ type: "document/opened", document, linked: true });
  }
}
