/** @import {Dispatch, State} from "./types" */

import { set, write } from "../element.js";
import { inLanguage } from "../format.js";
import { afterPaint } from "./afterframe.js";
import { keyOf } from "./keep/copies.js";

/**
 * The chapter's graphs, in its order: a list of links that came with the page.
 *
 * @param {HTMLElement} container
 * @param {Dispatch} dispatch
 */
export function createGallery(container, dispatch) {
  const list = /** @type {HTMLElement} */ (container.querySelector("nav"));
  const links = new Map([...list.querySelectorAll("a")].map((link) => [link.dataset.slug ?? "", link]));
  const came = list.querySelector("a[aria-current]");
  let current = came instanceof HTMLElement ? (came.dataset.slug ?? null) : null;
  afterPaint(reveal);
  list.addEventListener("click", (event) => {
    const slug = /** @type {Element} */ (event.target).closest("a")?.dataset.slug;
    if (!slug || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    dispatch({ type: "graph/wanted", slug });
  });

  /** On a narrow screen the list is a strip: bring the graph that is open into it. */
  function reveal() {
    const link = links.get(current ?? "");
    if (link && list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - list.offsetLeft - 16;
  }

  return {
    /** @param {State} state */
    render({ document, gallery, slug, keep, language }) {
      for (const { slug, title } of gallery) {
        const shown = links.get(slug)?.querySelector(".title");
        if (shown) write(shown, inLanguage(title, language));
      }
      for (const [slug, link] of links) {
        const mark = /** @type {HTMLElement} */ (link.querySelector(".mark"));
        set(mark, "hidden", !keep.copies[keyOf({ slug })]);
      }
      if (!document || slug === current) return;
      links.get(current ?? "")?.removeAttribute("aria-current");
      links.get(slug ?? "")?.setAttribute("aria-current", "page");
      current = slug;
      afterPaint(reveal);
    },
  };
}
