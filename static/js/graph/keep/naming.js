/** @import {Dispatch, SavedEntry, State} from "../types" */

import { set, write } from "../../element.js";
import { inLanguage } from "../../format.js";
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";

/**
 * The small dialog that asks for a name: of the graph that is saved, or a new one for a saved graph.
 *
 * @param {HTMLElement} container
 * @param {{dispatch: Dispatch, state: () => State}} needs
 */
export function createNaming(container, { dispatch, state }) {
  /** @type {SavedEntry | null} */
  let renamed = null;
  const title = html("h2", { id: "naming-title" });
  const field = html("input", { type: "text", maxlength: 200, required: "", autocomplete: "off" });
  const label = html("label", {}, html("span", {}), field);
  const replace = html("button", { type: "submit", value: "again" });
  const add = html("button", { type: "submit", value: "new" });
  const cancel = html("button", { type: "button" });
  const form = html("form", { method: "dialog" }, title, label, html("div", { class: "row" }, replace, add, cancel));
  const element = html("dialog", { class: "naming", "aria-labelledby": "naming-title" }, form);
  /** Whether the graph at hand is a saved one. */
  let open = false;
  container.append(element);
  cancel.addEventListener("click", () => element.close("cancel"));
  form.addEventListener("submit", (event) => {
    const again = event.submitter === replace;
    const name = field.value.trim() || t("Your graph");
    dispatch(renamed ? { type: "saved/named", entry: renamed, name } : { type: "graph/saved", name, again });
  });

  function words() {
    write(title, renamed ? t("Another name") : t("Save this graph"));
    write(/** @type {Element} */ (label.firstElementChild), t("Name"));
    write(add, renamed ? t("Rename") : open ? t("Save as a new one") : t("Save"));
    write(replace, t("Save"));
    write(cancel, t("Cancel"));
    set(replace, "hidden", renamed !== null || !open);
  }

  return {
    /** @param {SavedEntry | null} [entry] the saved graph that gets another name; none to save the graph at hand */
    ask(entry = null) {
      renamed = entry;
      words();
      field.value = entry?.name ?? nameOf(state());
      element.showModal();
      field.select();
    },
    /** @param {State} state */
    render({ keep }) {
      open = keep.open !== null;
      words();
    },
  };
}

/** The name a graph is saved under if nobody gives it another. @param {State} state */
const nameOf = ({ keep, document, language }) =>
  keep.open?.name ?? (inLanguage(document?.title, language) || t("Your graph"));
