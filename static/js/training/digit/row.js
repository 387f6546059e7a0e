/**
 * Buttons in lines, of which the whole is one stop of the Tab key; the arrow keys move within. Filled anew, they keep
 * the focus where it was.
 *
 * @param {HTMLElement} list
 */
export function createRow(list) {
  /** @type {HTMLButtonElement[]} */
  let buttons = [];
  let at = 0;

  /** The one button that Tab leads to. @param {number} n */
  function stop(n) {
    at = Math.max(0, Math.min(n, buttons.length - 1));
    for (const [k, button] of buttons.entries()) button.tabIndex = k === at ? 0 : -1;
  }

  /** How many stand in the first line. */
  function across() {
    const top = (/** @type {HTMLElement} */ button) => button.getBoundingClientRect().top;
    return buttons.filter((button) => top(button) === top(buttons[0])).length;
  }

  list.addEventListener("focusin", ({ target }) => stop(buttons.indexOf(/** @type {any} */ (target))));
  list.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across(), ArrowDown: across() };
    const next = buttons[at + moves[/** @type {keyof typeof moves} */ (event.key)]];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  return {
    /** @param {HTMLElement[]} items each with a button in it */
    fill(items) {
      const within = list.contains(document.activeElement);
      list.replaceChildren(...items);
      buttons = [...list.querySelectorAll("button")];
      stop(at);
      if (within) buttons[at]?.focus();
    },
  };
}
