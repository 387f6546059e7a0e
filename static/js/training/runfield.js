/** @import {Run} from "./types" */

/**
 * A field that shows something of the run on show, and sends what a person makes of it. What is being typed is of the
 * run it was begun for: where another comes on show meanwhile, the field is that one's once the text is sent.
 *
 * @param {HTMLInputElement} input
 * @param {(run: Run) => string} textOf
 * @param {(run: Run, text: string) => void} onEntered
 */
export function createRunField(input, textOf, onEntered) {
  /** @type {Run | null} */
  let run = null;
  /** Whose text stands in the field. @type {Run | null} */
  let owner = null;
  /** The text as it was last filled in or sent. */
  let known = "";

  input.addEventListener("change", () => {
    known = input.value;
    if (owner) onEntered(owner, known);
    if (owner?.id !== run?.id) fill();
  });

  function fill() {
    owner = run;
    known = run ? textOf(run) : "";
    if (input.value !== known) input.value = known;
  }

  return {
    fill,
    /** @param {Run | null} now the run on show */
    update(now) {
      run = now;
      const typing = document.activeElement === input && input.value !== known;
      const news = owner?.id !== run?.id || (owner && run && textOf(owner) !== textOf(run));
      if (news && !typing) fill();
    },
  };
}
