/** @import {Ink} from "../curves/ink.js" */
/** @import {Activations, ParameterSize, Tensors} from "../types" */

import { byId, element, set, write } from "../../element.js";
import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { overTime } from "./history.js";
import { drawStrip } from "./strip.js";

/** Healthy updates are about a thousandth of the weight; ten times more or less is worth a word. */
const HEALTHY = /** @type {const} */ ([1e-4, 1e-2]);

/** Two tables: what each layer answers, and how each parameter moves; both with their histograms over time. */
export function createLayers() {
  const activations = createTable(byId("activations"));
  const parameters = createTable(byId("parameters"));
  const asleep = byId("inside-dead");

  return {
    /** @param {Tensors | null} now @param {Tensors[]} looks @param {Ink} ink @param {number | null} marked */
    update(now, looks, ink, marked) {
      activations.update(
        [t("Layer"), t("Answers over time"), t("mean ± spread"), t("dead units")],
        (now?.activations ?? []).map((entry) => ({
          name: entry.name,
          history: overTime(looks, "activations", entry.name),
          cells: [`${number(entry.mean, 3)} ± ${number(entry.std, 3)}`, dead(entry)],
        })),
        { ground: ink.panel, ink: ink.value, marked },
      );
      const [gone] = (now?.activations ?? []).filter(({ dead, units }) => dead === units);
      set(asleep, "hidden", gone === undefined);
      const words = gone
        ? t(
            "All {units} units of {name} answer 0 to every image: no gradient passes through them, and what lies before learns no more. Try a smaller learning rate or other initial weights.",
            { units: gone.units, name: gone.name },
          )
        : "";
      write(asleep, words);
      parameters.update(
        [t("Parameter"), t("Gradients over time"), t("mean |weight|"), t("mean |gradient|"), t("update / weight")],
        (now?.parameters ?? []).map((entry) => ({
          name: entry.name,
          history: overTime(looks, "gradients", entry.name),
          cells: [number(entry.mean_abs, 3), number(entry.gradient_mean_abs, 3), ratio(entry)],
        })),
        { ground: ink.panel, ink: ink.gradient, marked },
      );
    },
  };
}

/** @param {Activations} entry */
function dead({ dead, units }) {
  return dead === null ? "–" : t("{dead} of {units}", { dead, units });
}

/** @param {ParameterSize} entry */
function ratio({ update_ratio }) {
  const text = number(update_ratio, 2);
  if (!(update_ratio > 0)) return text;
  const [low, high] = HEALTHY;
  const word = update_ratio > high ? t("large") : update_ratio < low ? t("small") : "";
  return word ? `${text} (${word})` : text;
}

/**
 * A table whose rows stay while their numbers change.
 *
 * @param {HTMLElement} table
 */
function createTable(table) {
  const head = element("tr");
  const body = element("tbody");
  table.append(element("thead", {}, head), body);

  return {
    /**
     * @param {string[]} titles
     * @param {{name: string, history: ReturnType<typeof overTime>, cells: string[]}[]} rows
     * @param {{ground: string, ink: string, marked: number | null}} look
     */
    update(titles, rows, { ground, ink, marked }) {
      set(table, "hidden", rows.length === 0);
      if (head.textContent !== titles.join(""))
        head.replaceChildren(...titles.map((title) => element("th", { scope: "col" }, title)));
      while (body.rows.length > rows.length) body.lastElementChild?.remove();
      rows.forEach(({ name, history, cells }, k) => {
        const row = body.rows[k] ?? body.appendChild(newRow(cells.length));
        const canvas = /** @type {HTMLCanvasElement} */ (row.querySelector("canvas"));
        write(row.cells[0], name);
        const range = { name, low: number(history.low, 2), high: number(history.high, 2) };
        set(canvas, "aria-label", t("{name}, from {low} to {high}", range));
        set(row.cells[1], "data-low", range.low);
        set(row.cells[1], "data-high", range.high);
        drawStrip(canvas, history, ground, ink, marked);
        cells.forEach((text, cell) => {
          write(row.cells[cell + 2], text);
        });
      });
    },
  };
}

/** @param {number} cells */
function newRow(cells) {
  const row = element(
    "tr",
    {},
    element("th", { scope: "row" }),
    element("td", { class: "strip" }, element("canvas", { role: "img" })),
  );
  for (let k = 0; k < cells; k += 1) row.append(element("td"));
  return row;
}
