/** @import {Run, State} from "./types" */

import { byId, element, set, write } from "../element.js";
import { t } from "../i18n.js";
import { filtered } from "./keep/filter.js";
import { runName, stateWord } from "./status.js";

/**
 * The runs kept, newest first: a link to each, its state, its last accuracy, and a box that puts it beside the chosen one.
 *
 * @param {object} listener
 * @param {(id: string) => void} listener.onChoose
 * @param {(id: string, shown: boolean) => void} listener.onCompare
 * @param {(filter: string) => void} listener.onFilter
 */
export function createList({ onChoose, onCompare, onFilter }) {
  const host = byId("runs");
  const empty = byId("runs-empty");
  const filter = /** @type {HTMLInputElement} */ (byId("runs-filter"));
  filter.addEventListener("input", () => onFilter(filter.value));
  const folder = /** @type {HTMLDetailsElement} */ (byId("runs-folder"));
  const wide = matchMedia("(min-width: 760px)");
  const unfold = () => {
    folder.open = wide.matches;
  };
  wide.addEventListener("change", unfold);
  unfold();
  /** @type {Map<string, {row: HTMLElement, written: string, line: string}>} */
  const rows = new Map();

  /** @param {Run} run */
  function rowOf(run) {
    const link = element("a", { href: `/training/${run.id}` });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (!wide.matches) folder.open = false;
      onChoose(run.id);
    });
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => onCompare(run.id, box.checked));
    return element("li", { "data-run": run.id }, link, box);
  }

  return {
    /** @param {State} state */
    update({ runs: all, loaded, chosen, compared, filter: words }) {
      const runs = filtered(all, words, runName);
      set(filter, "hidden", all.length < 2);
      set(empty, "hidden", !loaded || runs.length > 0);
      write(empty, all.length > 0 ? t("No run fits this filter.") : t("No run yet. Whatever you start is kept here."));
      const ids = new Set(runs.map(({ id }) => id));
      for (const [id, { row }] of rows) {
        if (ids.has(id)) continue;
        row.remove();
        rows.delete(id);
      }
      runs.forEach((run, place) => {
        const entry = rows.get(run.id) ?? { row: rowOf(run), written: "", line: "" };
        rows.set(run.id, entry);
        if (host.children[place] !== entry.row) host.insertBefore(entry.row, host.children[place] ?? null);
        const current = run.id === chosen;
        const shown = current || compared.includes(run.id);
        const line = summary(run);
        const written = [runName(run), run.state, current, shown, run.tags.join(), t("Overlay {name}")].join();
        if (written !== entry.written) fill(entry.row, run, { current, shown });
        if (written !== entry.written || line !== entry.line) lineOf(entry.row).textContent = line;
        Object.assign(entry, { written, line });
      });
    },
  };
}

/** The line that grows while a run trains. @param {HTMLElement} row */
const lineOf = (row) => /** @type {HTMLElement} */ (row.querySelector(".run-line"));

/** @param {HTMLElement} row @param {Run} run @param {{current: boolean, shown: boolean}} now */
function fill(row, run, { current, shown }) {
  const [link, box] = /** @type {[HTMLAnchorElement, HTMLInputElement]} */ ([...row.children]);
  link.replaceChildren(
    element("span", { class: "run-name", title: runName(run) }, runName(run)),
    element("span", { class: "run-line", "data-state": run.state }),
    ...run.tags.map((tag) => element("span", { class: "tag" }, tag)),
  );
  if (current) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
  box.checked = shown;
  box.disabled = current;
  box.setAttribute("aria-label", t("Overlay {name}", { name: runName(run) }));
  box.title = t("Draw this run in the same curves");
}

/** @param {Run} run */
function summary(run) {
  const { iteration, iterations } = run.progress;
  const share =
    run.state === "running" || run.state === "paused" ? ` ${Math.floor((100 * iteration) / iterations)}%` : "";
  const accuracy = run.metrics.test_accuracy;
  const end = accuracy === null ? "" : ` · ${accuracy.toFixed(4)}`;
  return `${stateWord(run.state)}${share}${end}`;
}
