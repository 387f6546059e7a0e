import { element, set, write } from "../../element.js";
import { t } from "../../i18n.js";

/** @typedef {{label: number, answer: number}} Cell */

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/**
 * The confusion matrix as a table of buttons that stay while their numbers change. The whole of it is one stop of the
 * Tab key; the arrow keys move within.
 *
 * @param {HTMLElement} table
 * @param {(cell: Cell) => void} onOpen
 */
export function createConfusion(table, onOpen) {
  /** @type {HTMLButtonElement[][]} */
  let buttons = [];
  const caption = element("caption");

  table.addEventListener("keydown", (event) => {
    const move = MOVES[/** @type {keyof typeof MOVES} */ (event.key)];
    const label = buttons.findIndex((row) => row.includes(/** @type {any} */ (event.target)));
    if (!move || label < 0) return;
    const answer = buttons[label].indexOf(/** @type {any} */ (event.target));
    const next = buttons[label + move[0]]?.[answer + move[1]];
    if (!next) return;
    event.preventDefault();
    stop(next);
    next.focus();
  });

  /** The one button that Tab leads to. @param {HTMLButtonElement} here */
  function stop(here) {
    for (const button of buttons.flat()) button.tabIndex = button === here ? 0 : -1;
  }

  /** @param {number} size */
  function build(size) {
    buttons = Array.from({ length: size }, (_, label) =>
      Array.from({ length: size }, (_, answer) =>
        element("button", { type: "button", tabindex: -1, onclick: () => onOpen({ label, answer }) }),
      ),
    );
    const digits = buttons.map((_, digit) => element("th", { scope: "col" }, String(digit)));
    const rows = buttons.map((row, label) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, String(label)),
        ...row.map((button, answer) => element("td", label === answer ? { class: "right" } : {}, button)),
      ),
    );
    const head = element("thead", {}, element("tr", {}, element("td"), ...digits));
    table.replaceChildren(caption, head, element("tbody", {}, ...rows));
    if (size > 0) stop(buttons[0][0]);
  }

  return {
    /** @param {number[][] | null} matrix @param {Cell | null} open */
    update(matrix, open) {
      set(table, "hidden", matrix === null);
      if (!matrix) return;
      if (matrix.length !== buttons.length) build(matrix.length);
      const worst = Math.max(1, ...matrix.flatMap((row, label) => row.filter((_, answer) => answer !== label)));
      write(caption, t("Rows: what it is. Columns: what the network reads."));
      matrix.forEach((row, label) => {
        row.forEach((count, answer) => {
          const button = buttons[label][answer];
          const words = t("{count} images of a {label} read as {answer}", { count, label, answer });
          write(button, count === 0 ? "·" : String(count));
          set(button, "title", words);
          set(button, "aria-label", words);
          set(button, "aria-pressed", String(open?.label === label && open?.answer === answer));
          const share = label === answer ? 0 : Math.round(44 * Math.sqrt(count / worst));
          button.style.setProperty("--share", `${share}%`);
        });
      });
    },
  };
}
