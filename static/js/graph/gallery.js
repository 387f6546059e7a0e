/** @import {Context} from "./types" */

import { inLanguage } from "../format.js";
import { t } from "../i18n.js";
import { html } from "./draw/element.js";
import { keyOf } from "./keep/copies.js";

/** The chapter's graphs, in its order, as a list of links. @param {HTMLElement} container @param {Context} context */
export function renderGallery(container, { state, dispatch }) {
  const links = state.gallery.map((entry) => {
    const link = html(
      "a",
      { href: `/graphs/${encodeURIComponent(entry.slug)}` },
      html("span", { class: "section" }, entry.section.split(".").slice(0, 2).join(".")),
      html("span", {}, inLanguage(entry.title, state.language)),
    );
    if (state.keep.copies[keyOf({ slug: entry.slug })])
      link.append(" ", html("span", { class: "mark" }, html("span", { class: "visually-hidden" }, t("changed"))));
    if (entry.slug === state.slug) link.setAttribute("aria-current", "page");
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      dispatch({ type: "graph/wanted", slug: entry.slug });
    });
    return link;
  });
  const list = html("nav", { "aria-label": t("The chapter") }, ...links);
  container.replaceChildren(html("h2", {}, t("The chapter")), list);
  reveal(
    list,
    links.find((link) => link.hasAttribute("aria-current")),
  );
}

/** On a narrow screen the list is a strip: bring the graph that is open into it. @param {HTMLElement} list @param {HTMLElement | undefined} link */
function reveal(list, link) {
  if (link && list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - list.offsetLeft - 16;
}
