/** @import {Field} from "./fields.js" */

import { element } from "../element.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/**
 * One setting of the form: its control, with label, hint and what is wrong with it.
 *
 * @param {Field} field
 */
export function createSetting(field) {
  const id = `config-${field.name}`;
  const control = controlOf(field, id);
  const label = element("label", { for: id });
  const hint = element("p", { class: "hint", id: `${id}-hint` });
  const error = element("p", { class: "error", id: `${id}-error`, role: "alert", hidden: true });
  const list = field.suggestions
    ? element("datalist", { id: `${id}-list` }, ...field.suggestions.map((value) => element("option", { value })))
    : null;

  return {
    control,
    host: element("div", { class: "field", "data-field": field.name }, label, control, hint, error, list),
    relabel() {
      label.replaceChildren(field.label());
      hint.replaceChildren(field.hint());
      if (!(control instanceof HTMLSelectElement)) return;
      const { value } = control;
      control.replaceChildren(...options(field));
      control.value = value;
    },
    read: () => (isSwitch(control) ? control.checked : control.value),
    /** @param {string | boolean} value */
    write(value) {
      if (isSwitch(control)) control.checked = value === true;
      else control.value = String(value);
    },
    /** @param {string} words what would be right, "" where nothing is wrong */
    refuse(words) {
      error.hidden = words === "";
      error.replaceChildren(words);
      control.setAttribute("aria-invalid", String(words !== ""));
    },
  };
}

/** @param {Field} field @param {string} id @returns {Control} */
function controlOf(field, id) {
  const about = { id, name: field.name, "aria-describedby": `${id}-hint ${id}-error`, autocomplete: "off" };
  if (field.kind === "choice") return element("select", about, ...options(field));
  if (field.kind === "switch") return element("input", { ...about, type: "checkbox", role: "switch" });
  const kind = field.kind === "number" ? { inputmode: "decimal" } : {};
  const list = field.suggestions ? { list: `${id}-list` } : {};
  return element("input", { ...about, ...kind, ...list, type: "text", spellcheck: "false" });
}

/** @param {Field} field */
function options(field) {
  return (field.options?.() ?? []).map(([value, text]) => element("option", { value }, text));
}

/** @param {Control} control @returns {control is HTMLInputElement} */
function isSwitch(control) {
  return control instanceof HTMLInputElement && control.type === "checkbox";
}
