import { set } from "../../element.js";
import { html } from "../draw/element.js";

/** @typedef {{key: string, symbol: string, title: string, hint: string, family?: string}} Item */

/**
 * A list that is searched by typing: arrow keys move, Enter takes, Escape leaves.
 *
 * @param {HTMLElement} container
 * @param {() => void} leave what has the focus afterwards
 */
export function createChooser(container, leave) {
  const field = html("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    "aria-controls": "chooser-list",
  });
  const close = html("button", { type: "button", class: "plain" }, "×");
  const list = html("div", { id: "chooser-list", role: "listbox" });
  container.append(html("div", { class: "chooser-head" }, field, close), list);

  /** @type {{find: (text: string) => Item[], take: (item: any) => void, family?: (name: string) => string, none: string} | null} */
  let question = null;
  /** @type {Item[]} */
  let found = [];
  let active = 0;

  /** @param {number} next */
  function point(next) {
    active = Math.max(0, Math.min(found.length - 1, next));
    for (const option of list.querySelectorAll('[role="option"]')) {
      const here = option.id === `chooser-${active}`;
      set(option, "aria-selected", String(here));
      if (here) option.scrollIntoView({ block: "nearest" });
    }
    if (found.length > 0) set(field, "aria-activedescendant", `chooser-${active}`);
    else field.removeAttribute("aria-activedescendant");
  }

  function fill() {
    if (!question) return;
    const grouped = field.value.trim() === "" ? question.family : undefined;
    found = question.find(field.value);
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    const rows = found.map((item, i) => {
      const option = html(
        "div",
        { role: "option", id: `chooser-${i}`, "data-key": item.key },
        html("span", { class: "sign", "aria-hidden": "true" }, item.symbol),
        html("span", {}, item.title),
        html("span", { class: "soft" }, item.hint),
      );
      option.addEventListener("pointermove", () => {
        if (active !== i) point(i);
      });
      option.addEventListener("click", () => take(i));
      return option;
    });
    list.replaceChildren();
    rows.forEach((row, i) => {
      const family = grouped && found[i].family;
      if (!family) {
        list.append(row);
        return;
      }
      let group = groups.get(family);
      if (!group) {
        const title = html("h3", { "aria-hidden": "true" }, grouped(family));
        group = html("div", { role: "group", "aria-label": grouped(family) }, title);
        groups.set(family, group);
        list.append(group);
      }
      group.append(row);
    });
    if (rows.length === 0) list.append(html("p", { class: "soft" }, question.none));
    point(0);
  }

  /** @param {number} i */
  function take(i) {
    const item = found[i];
    const asked = question;
    if (!item || !asked) return;
    shut();
    asked.take(item);
  }

  function shut() {
    if (container.hidden) return;
    container.hidden = true;
    question = null;
    leave();
  }

  field.addEventListener("input", fill);
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "ArrowDown") point(active + 1);
    else if (event.key === "ArrowUp") point(active - 1);
    else if (event.key === "Enter") take(active);
    else if (event.key === "Escape") shut();
    else return;
    event.preventDefault();
  });
  close.addEventListener("click", shut);
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!container.hidden && !container.contains(/** @type {Node} */ (event.target))) shut();
  });

  return {
    /**
     * @template {Item} I
     * @param {{title: string, closing: string, none: string, find: (text: string) => I[], take: (item: I) => void, family?: (name: string) => string, at?: {x: number, y: number} | null}} asked `at`: where on the screen
     */
    open({ title, closing, at = null, ...asked }) {
      question = asked;
      set(field, "aria-label", title);
      set(field, "placeholder", title);
      set(list, "aria-label", title);
      set(close, "aria-label", closing);
      field.value = "";
      container.hidden = false;
      place(container, at);
      fill();
      field.focus();
    },
    shut,
  };
}

/** Stand near a point of the screen, inside the drawing. @param {HTMLElement} container @param {{x: number, y: number} | null} at */
function place(container, at) {
  const around = /** @type {HTMLElement} */ (container.offsetParent).getBoundingClientRect();
  const { width, height } = container.getBoundingClientRect();
  container.classList.toggle("is-docked", at === null);
  const x = at ? at.x - around.left : 0;
  const y = at ? at.y - around.top : 0;
  container.style.left = at ? `${Math.max(8, Math.min(x, around.width - width - 8))}px` : "";
  container.style.top = at ? `${Math.max(8, Math.min(y, around.height - height - 8))}px` : "";
}
