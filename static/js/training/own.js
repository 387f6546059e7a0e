/** @import {Event} from "./types" */

import * as api from "../api.js";
import { localized, t } from "../i18n.js";
import { misfit } from "./fit.js";

/**
 * Graphs of one's own as the network to train: one that the address names, or one of those that are saved.
 *
 * @param {object} parts
 * @param {import("./form.js").Form} parts.form
 * @param {(event: Event) => void} parts.dispatch
 * @param {(error: unknown) => void} parts.onError
 */
export function createOwn({ form, dispatch, onError }) {
  /** @param {() => Promise<void>} work */
  async function attempt(work) {
    try {
      await work();
    } catch (error) {
      onError(error);
    }
  }

  /** @param {string} name a slug of the gallery or the id of a saved graph */
  async function find(name) {
    const [gallery, saved] = await Promise.all([api.gallery(), api.saved.list()]);
    if (gallery.some(({ slug }) => slug === name)) {
      const graph = await api.graph(name);
      return { graph, title: localized(graph.title) || name };
    }
    const entry = saved.find(({ id }) => id === name);
    if (!entry) return null;
    const { document } = await api.saved.get(name);
    return { graph: { ...document, title: entry.name }, title: entry.name };
  }

  return {
    /** Offer the saved graphs in the form. */
    list: () => attempt(async () => form.list(await api.saved.list())),
    /** Make a graph the network of the next run, or say why it cannot be. @param {string} name */
    bring: (name) =>
      attempt(async () => {
        const latest = form.choose();
        const found = await find(name);
        if (!latest()) return;
        if (!found) {
          refuse(t("There is no graph named {name}, neither in the gallery nor among those saved.", { name }));
          return;
        }
        const wrong = misfit(found.graph);
        if (wrong) refuse(t("{label}: {words}", { label: found.title, words: wrong }));
        else form.bring(found.graph, found.title);
      }),
  };

  /** @param {string} detail */
  function refuse(detail) {
    dispatch({ type: "start/refused", refusal: { detail, field: "architecture", told: true } });
  }
}
