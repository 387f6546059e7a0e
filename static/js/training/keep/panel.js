/** @import {Run, View} from "../types" */

import { byId, element, write } from "../../element.js";
import { t } from "../../i18n.js";
import { fileAddress } from "../api.js";
import { tagsOf } from "./filter.js";

const FILES = /** @type {const} */ ([
  "weights.npz",
  "weights.safetensors",
  "weights.onnx",
  "metrics.csv",
  "report.html",
]);

/**
 * What a person does with a run that is kept: name it, tag it, take its files, take it away, bring weights in.
 *
 * @param {object} listener
 * @param {(run: Run, change: {name: string} | {tags: string[]}) => void} listener.onChange
 * @param {(run: Run) => void} listener.onDelete
 * @param {(file: File) => void} listener.onImport
 */
export function createKeep({ onChange, onDelete, onImport }) {
  const name = /** @type {HTMLInputElement} */ (byId("run-name"));
  const tags = /** @type {HTMLInputElement} */ (byId("run-tags"));
  const remove = /** @type {HTMLButtonElement} */ (byId("run-delete"));
  const files = byId("run-files");
  const file = /** @type {HTMLInputElement} */ (byId("weights-file"));
  /** @type {Run | null} */
  let run = null;
  const links = FILES.map((kind) => element("a", { class: "button", download: "" }, kind));
  files.append(...links);

  name.addEventListener("change", () => run && onChange(run, { name: name.value.trim() }));
  tags.addEventListener("change", () => run && onChange(run, { tags: tagsOf(tags.value) }));
  remove.addEventListener("click", () => run && onDelete(run));
  byId("weights-import").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files ?? [];
    if (chosen) onImport(chosen);
    file.value = "";
  });

  return {
    /** @param {View} view */
    update(view) {
      const before = run;
      run = view.run;
      byId("kept").hidden = run === null;
      if (!run) return;
      if (before?.id !== run.id) {
        FILES.forEach((kind, k) => {
          links[k].href = fileAddress(run?.id ?? "", kind);
        });
      }
      if (document.activeElement !== name) fill(name, run.name);
      if (document.activeElement !== tags) fill(tags, run.tags.join(", "));
      write(remove, t("Delete this run"));
    },
  };
}

/** @param {HTMLInputElement} input @param {string} text */
function fill(input, text) {
  if (input.value !== text) input.value = text;
}
