/** @import {Matrix} from "./types" */
import { number, shape as shapeText } from "../../format.js";
import { t } from "../../i18n.js";
import { isSummary, rows, strongestOf, toNumber } from "../array.js";
import { html } from "../draw/element.js";
import { picture } from "./picture.js";
import { unravel } from "./position.js";

/** Above this many cells an array is one picture with a cursor. */
const MOST_CELLS = 400;
const SMALLEST = 12;
const LARGEST = 22;

/**
 * What a map needs to know besides its numbers.
 * @typedef {{
 *   room: number,
 *   word: string,
 *   chosen: number[] | null,
 *   lights: number[][],
 *   choose: (index: number[]) => void,
 *   clear: () => void,
 * }} Setting
 */

/**
 * An array as a heat map: a grid whose cells say their number, are chosen by a click or by arrow keys, and light up.
 *
 * @param {Matrix} matrix
 * @param {Setting} setting
 * @param {string} focus what finds the grid again after it was drawn anew
 * @returns {HTMLElement}
 */
export function mapOf(matrix, setting, focus) {
  const numbers = rows(matrix.value);
  const largest = strongestOf(numbers);
  const readout = html("output", { class: "readout" }, legend(largest));
  /** @param {number[] | null} index */
  const say = (index) => {
    if (index === null) readout.replaceChildren(legend(largest));
    else readout.replaceChildren(`${nameOf(matrix, index)} = ${number(elementAt(numbers, index, matrix), 8)}`);
  };
  const caption = html(
    "figcaption",
    {},
    html("b", { class: "name" }, matrix.kind === "gradient" ? `◂ ${matrix.name}` : matrix.name),
    " ",
    html("span", { class: "shape" }, shapeText(matrix.shape)),
    html("span", { class: "word" }, setting.word),
  );
  const grid = isSummary(matrix.value)
    ? html("div", { class: "preview" }, ...cells(matrix, numbers, largest, setting).map(inert))
    : gridOf(matrix, numbers, largest, setting, { say, focus });
  const figure = html("figure", { class: `matrix is-${matrix.kind}` }, caption, grid, readout);
  figure.dataset.map = focus;
  if (isSummary(matrix.value)) figure.append(summary(matrix, numbers));
  return figure;
}

/** @param {Matrix} matrix @param {number[]} index */
const nameOf = (matrix, index) => (index.length > 0 ? `${matrix.name}[${index.join(",")}]` : matrix.name);

/** @param {number[][]} numbers @param {number[]} index @param {Matrix} matrix */
function elementAt(numbers, index, { shape }) {
  const columns = shape.at(-1) ?? 1;
  const n = index.reduce((sum, i, axis) => sum * shape[axis] + i, 0);
  return numbers[Math.floor(n / columns)][n % columns];
}

/**
 * @param {Matrix} matrix @param {number[][]} numbers @param {number} largest @param {Setting} setting
 * @param {{say: (index: number[] | null) => void, focus: string}} needs
 */
function gridOf(matrix, numbers, largest, setting, { say, focus }) {
  const columns = numbers[0].length;
  const count = numbers.length * columns;
  const whole = [numbers.length, columns];
  const grid = html("div", {
    role: "grid",
    "aria-label": t("{name}, {op}", { name: `${matrix.name} ${shapeText(matrix.shape)}`, op: setting.word }),
    "aria-rowcount": numbers.length,
    "aria-colcount": columns,
    "data-focus": focus,
  });
  /** @param {number} n */
  const indexOf = (n) => unravel(n, matrix.shape);
  let present = setting.chosen ? setting.chosen.reduce((sum, i, axis) => sum * matrix.shape[axis] + i, 0) : 0;
  const asPicture = count > MOST_CELLS;
  if (asPicture) grid.append(picture(matrix, numbers, largest, setting));
  else grid.append(...cells(matrix, numbers, largest, setting));
  if (asPicture) grid.tabIndex = 0;
  else element(present).tabIndex = 0;

  /** @param {number} n */
  function element(n) {
    const row = grid.children[Math.floor(n / columns)];
    return /** @type {HTMLElement} */ (row.children[n % columns]);
  }
  /** @param {MouseEvent} event @returns {number | null} */
  function under(event) {
    if (!asPicture) {
      const cell = /** @type {Element} */ (event.target).closest("[data-n]");
      return cell ? Number(/** @type {HTMLElement} */ (cell).dataset.n) : null;
    }
    const box = /** @type {Element} */ (grid.firstElementChild).getBoundingClientRect();
    const r = Math.floor(((event.clientY - box.top) / box.height) * whole[0]);
    const c = Math.floor(((event.clientX - box.left) / box.width) * whole[1]);
    return r >= 0 && c >= 0 && r < whole[0] && c < whole[1] ? r * columns + c : null;
  }
  grid.addEventListener("click", (event) => {
    const n = under(event);
    if (n !== null) setting.choose(indexOf(n));
  });
  grid.addEventListener("pointermove", (event) => {
    const n = under(event);
    say(n === null ? null : indexOf(n));
  });
  grid.addEventListener("pointerleave", () => say(null));
  grid.addEventListener("focusin", () => say(indexOf(present)));
  grid.addEventListener("focusout", () => say(null));
  let held = Boolean(setting.chosen);
  grid.addEventListener("keydown", (event) => {
    const n = event.key === "Enter" || event.key === " " ? present : moved(event, present, whole);
    // Once: until the map is drawn anew, a second Escape is the dialog's.
    if (event.key === "Escape" && held) {
      held = false;
      setting.clear();
    } else if (n === null) return;
    else {
      held = true;
      present = n;
      setting.choose(indexOf(n));
    }
    event.preventDefault();
    event.stopPropagation();
  });
  return grid;
}

/** The cell that a key leads to, in rows and columns. @param {KeyboardEvent} event @param {number} n @param {number[]} whole */
function moved(event, n, [height, width]) {
  const row = Math.floor(n / width);
  const column = n % width;
  /** @type {Record<string, [number, number]>} */
  const places = {
    ArrowLeft: [row, Math.max(column - 1, 0)],
    ArrowRight: [row, Math.min(column + 1, width - 1)],
    ArrowUp: [Math.max(row - 1, 0), column],
    ArrowDown: [Math.min(row + 1, height - 1), column],
    Home: event.ctrlKey ? [0, 0] : [row, 0],
    End: event.ctrlKey ? [height - 1, width - 1] : [row, width - 1],
  };
  const place = places[event.key];
  return place ? place[0] * width + place[1] : null;
}

/**
 * The rows of cells; each shows its number where there is room for all.
 *
 * @param {Matrix} matrix @param {number[][]} numbers @param {number} largest @param {Setting} setting
 */
function cells(matrix, numbers, largest, { room, chosen, lights }) {
  const columns = numbers[0].length;
  const texts = numbers.map((row) => row.map((x) => number(x, 3)));
  const wanted = Math.max(34, ...texts.map((row) => Math.max(...row.map((text) => text.length * 7.5 + 10))));
  const written = wanted * columns <= room;
  const size = written ? wanted : Math.min(LARGEST, Math.max(room / columns, SMALLEST / 2));
  const lit = new Set(lights.map((index) => index.join()));
  return numbers.map((row, r) => {
    const line = html("div", { role: "row" });
    row.forEach((x, c) => {
      const n = r * columns + c;
      const index = isSummary(matrix.value) ? [] : unravel(n, matrix.shape);
      const cell = html("div", { role: "gridcell", "data-n": n, tabindex: -1 }, written ? texts[r][c] : "");
      cell.style.width = `${size}px`;
      if (!written) cell.style.height = `${Math.max(size, SMALLEST)}px`;
      cell.style.setProperty("--strength", `${strength(x, largest, written)}%`);
      cell.classList.toggle("is-negative", x < 0);
      cell.classList.toggle("is-written", written);
      if (!written) cell.setAttribute("aria-label", number(x));
      if (!isSummary(matrix.value)) {
        cell.classList.toggle("is-lit", lit.has(index.join()));
        cell.setAttribute("aria-selected", String(chosen?.join() === index.join()));
      }
      line.append(cell);
    });
    return line;
  });
}

/** @param {number} x @param {number} largest @param {boolean} written */
const strength = (x, largest, written) =>
  largest > 0 && Number.isFinite(x) ? Math.round((Math.abs(x) / largest) * (written ? 34 : 90)) : 0;

/** A row of a preview is not for choosing. @param {HTMLElement} row */
function inert(row) {
  row.removeAttribute("role");
  for (const cell of row.children) for (const name of ["role", "tabindex", "aria-label"]) cell.removeAttribute(name);
  return row;
}

/** The scale: the same strength on both sides of zero. @param {number} largest */
function legend(largest) {
  const bar = html("span", { class: "scale", "aria-hidden": "true" });
  const most = number(largest, 3);
  return html("span", { class: "legend" }, largest > 0 ? `−${most}` : "0", bar, most);
}

/** What is said of an array that came as a summary. @param {Matrix} matrix @param {number[][]} numbers */
function summary({ value, shape }, numbers) {
  const { min, max, mean } = /** @type {import("../types").Summary} */ (value);
  const places = {
    rows: numbers.length,
    columns: numbers[0].length,
    shape: shapeText(shape),
    min: number(toNumber(min), 4),
    max: number(toNumber(max), 4),
    mean: number(toNumber(mean), 4),
  };
  return html(
    "p",
    { class: "summary" },
    t(
      "Too large to send whole: this is the first corner, {rows} × {columns} of {shape}. Lowest {min}, highest {max}, mean {mean}.",
      places,
    ),
  );
}
