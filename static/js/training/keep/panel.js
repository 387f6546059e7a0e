/** @import {Run, View} from "../types" */

import { byId, element, write } from "../../element.js";
import { t } from "../../i18n.js";
import { fileAddress } from "../api.js";
import { createRunField } from "../runfield.js";
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
 * @param {(run: Run) => Promise<void>} listener.onDelete
 * @param {(file: File) => void} listener.onImport
 */
export function createKeep({ onChange, onDelete, onImport }) {
  const fields = [
    createRunField(
      /** @type {HTMLInputElement} */ (byId("run-name")),
      (run) => run.name,
      (run, text) => onChange(run, { name: text.trim() }),
    ),
    createRunField(
      /** @type {HTMLInputElement} */ (byId("run-tags")),
      (run) => run.tags.join(", "),
      (run, text) => onChange(run, { tags: tagsOf(text) }),
    ),
  ];
  const remove = /** @type {HTMLButtonElement} */ (byId("run-delete"));
  const files = byId("run-files");
  const file = /** @type {HTMLInputElement} */ (byId("weights-file"));
  /** @type {Run | null} */
  let run = null;
  /** Runs that are being deleted. @type {Set<string>} */
  const leaving = new Set();
  const links = FILES.map((kind) => element("a", { class: "button", download: "" }, kind));
  files.append(...links);

  // Where a run is gone the next is on show: the rest of a double click, or of a held key, is not meant for that one.
  remove.addEventListener("click", ({ detail }) => {
    if (!run || detail > 1 || leaving.has(run.id)) return;
    const { id } = run;
    leaving.add(id);
    onDelete(run).finally(() => leaving.delete(id));
  });
  remove.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
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
      for (const field of fields) field.update(run);
      if (!run) return;
      if (before?.id !== run.id) {
        FILES.forEach((kind, k) => {
          links[k].href = fileAddress(run?.id ?? "", kind);
        });
      }
      write(remove, t("Delete this run"));
    },
  };
}
