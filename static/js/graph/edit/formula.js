/** @import {Dispatch, Problem, State} from "../types" */

import { set, write } from "../../element.js";
import { t } from "../../i18n.js";
import { refusalOf } from "../../refusal.js";
import { html } from "../draw/element.js";
import { beginning } from "./beginning.js";
import { marked } from "./mark.js";

/** The text is read once the hand rests. */
const REST = 250;
const LIST = 150;
/** How high a line is, and the space above the first. */
const LINE = 22;
const ABOVE = 8;

/**
 * The formula beside the graph: a plain field with line numbers, and a mark where something is wrong.
 *
 * @param {HTMLElement} container
 * @param {{dispatch: Dispatch, released: () => Promise<void>}} needs
 */
export function createFormula(container, { dispatch, released }) {
  /** The page came with the field, and with the text of the chapter's graphs in it. @param {string} selector */
  const part = (selector) => /** @type {HTMLElement} */ (container.querySelector(selector));
  const lines = part(".lines");
  const mirror = part(".mirror");
  const field = /** @type {HTMLTextAreaElement} */ (part("textarea"));
  const said = part(".refusal");
  const back = html("button", { type: "button", class: "plain", hidden: "" });
  const drop = html("button", { type: "button", class: "plain", hidden: "" });
  part(".formula-foot").append(drop, back);
  let timer = 0;
  /** Which opened graph's text is shown. */
  let opening = -1;
  /** @type {State | null} */
  let latest = null;

  field.addEventListener("focus", () => dispatch({ type: "formula/entered" }));
  field.addEventListener("blur", () => {
    flush();
    // The text may become longer or shorter now.
    released().then(leave);
  });
  field.addEventListener("input", () => type(field.value));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") field.blur();
  });
  drop.addEventListener("click", () => dispatch({ type: "formula/dropped" }));
  back.addEventListener("click", () => {
    const kept = latest?.formula.kept;
    field.focus();
    if (kept) type(kept);
  });

  function leave() {
    if (field !== window.document.activeElement) dispatch({ type: "formula/left" });
  }

  /** @param {string} text */
  function type(text) {
    dispatch({ type: "formula/typed", text });
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      timer = 0;
      dispatch({ type: "formula/rested", text });
    }, REST);
  }

  function flush() {
    if (timer === 0) return;
    window.clearTimeout(timer);
    timer = 0;
    dispatch({ type: "formula/rested", text: field.value });
  }

  /** What is selected stays selected: all of it, or from the same letter on. @param {string} text */
  function rewrite(text) {
    const { selectionStart, selectionEnd, value } = field;
    const whole = value !== "" && selectionStart === 0 && selectionEnd === value.length;
    field.value = text;
    if (field === window.document.activeElement)
      field.setSelectionRange(selectionStart, whole ? text.length : selectionEnd);
  }

  return {
    /** @param {State} state */
    render(state) {
      latest = state;
      const { document, formula, source } = state;
      if (!document && formula.text === null) return;
      const text = formula.text ?? source?.replace(/\n+$/, "") ?? "";
      if (field.value !== text) rewrite(text);
      const fault = formula.problem ?? placed(state);
      set(field, "aria-label", t("Formula"));
      set(field, "aria-invalid", String(formula.problem !== null));
      write(
        lines,
        text
          .split("\n")
          .map((_, i) => i + 1)
          .join("\n"),
      );
      mirror.replaceChildren(
        ...marked(text, fault).map(({ wrong, text }) => (wrong ? html("mark", {}, text) : text)),
        "\n",
      );
      if (opening !== state.opening && text !== "") {
        opening = state.opening;
        const sheet = part(".sheet");
        // Where all lines are in sight, only the space around them would move.
        const hidden = sheet.scrollHeight - sheet.clientHeight >= LINE;
        const first = hidden ? beginning(text) : 0;
        if (field !== window.document.activeElement) sheet.scrollTop = first && ABOVE + first * LINE;
      }
      write(said, formula.problem ? sentence(formula.problem) : "");
      write(drop, t("Back to the graph's formula"));
      write(back, t("Bring back what I typed"));
      set(drop, "hidden", formula.problem === null);
      set(back, "hidden", formula.kept === null);
    },
  };
}

/** Where a fault of the graph stands in the text that the graph was read from. @param {State} state @returns {Problem | null} */
function placed({ problem, formula }) {
  const place = problem?.node === undefined ? undefined : formula.places[problem.node];
  return problem && place ? { ...problem, line: place[0], column: place[1] } : null;
}

/** @param {Problem} problem */
function sentence(problem) {
  const [first, ...rest] = refusalOf(problem).split(/; |；/);
  // What there is instead may be a long list: a hundred and fifty letters of it are as much as helps.
  const list = rest.join("; ");
  const told = list.length > LIST ? `${list.slice(0, LIST).replace(/,[^,]*$/, "")} …` : list;
  const text = list === "" ? first : `${first}; ${told}`;
  return problem.line === undefined ? text : t("Line {line}: {detail}", { line: problem.line, detail: text });
}
