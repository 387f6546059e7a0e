/** @import {Config, Refusal, Run} from "./types" */
/** @import {Field} from "./fields.js" */

import { byId, element } from "../element.js";
import { t } from "../i18n.js";
import { CHAPTER, CUSTOMARY_RATES, fromTexts, OWN_GRAPH, toTexts } from "./config.js";
import { PARTS } from "./fields.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

/**
 * The settings of the next run.
 *
 * @param {HTMLFormElement} form
 * @param {{onStart: (config: Record<string, unknown>) => void, onEdit: () => void}} listener
 */
export function createForm(form, { onStart, onEdit }) {
  /** @type {Map<string, {field: Field, control: Control, error: HTMLElement}>} */
  const rows = new Map();
  /** @type {(() => void)[]} */
  const labels = [];
  /** @type {Run | null} */
  let run = null;
  /** @type {Config["graph"]} */
  let graph = null;
  let optimizer = CHAPTER.optimizer.name;

  for (const part of PARTS) {
    const legend = element("legend");
    labels.push(() => legend.replaceChildren(part.title()));
    form.append(element("fieldset", {}, legend, ...part.fields.map(row)));
  }

  /** @param {Field} field */
  function row(field) {
    const id = `config-${field.name}`;
    const control = controlOf(field, id);
    const label = element("label", { for: id });
    const hint = element("p", { class: "hint", id: `${id}-hint` });
    const error = element("p", { class: "error", id: `${id}-error`, role: "alert", hidden: true });
    rows.set(field.name, { field, control, error });
    labels.push(() => {
      label.replaceChildren(field.label());
      hint.replaceChildren(field.hint());
      if (control instanceof HTMLSelectElement) {
        const value = control.value;
        control.replaceChildren(
          ...(field.options?.() ?? []).map(([key, text]) => element("option", { value: key }, text)),
        );
        if (control.name === "architecture") offer(graph);
        control.value = value;
      }
    });
    const list = field.suggestions
      ? element("datalist", { id: `${id}-list` }, ...field.suggestions.map((value) => element("option", { value })))
      : null;
    return element("div", { class: "field", "data-field": field.name }, label, control, hint, error, list);
  }

  /** @param {string} name */
  const control = (name) => /** @type {Control} */ (rows.get(name)?.control);

  function relabel() {
    for (const label of labels) label();
  }

  function texts() {
    /** @type {Record<string, string | boolean>} */
    const read = {};
    for (const [name, { control }] of rows) read[name] = isSwitch(control) ? control.checked : control.value;
    return read;
  }

  /** A graph of one's own can be chosen where a run has brought one. @param {Config["graph"]} brought */
  function offer(brought) {
    graph = brought ?? null;
    const choice = control("architecture");
    choice.querySelector(`[value="${OWN_GRAPH}"]`)?.remove();
    if (graph) choice.append(element("option", { value: OWN_GRAPH }, t("The graph of that run")));
  }

  /** @param {Config} config */
  function fill(config) {
    offer(config.graph);
    for (const [name, value] of Object.entries(toTexts(config))) {
      const box = control(name);
      if (isSwitch(box)) box.checked = value === true;
      else box.value = String(value);
    }
    optimizer = config.optimizer.name;
    fit();
  }

  /** A convolutional network brings its own layers. */
  function fit() {
    const own = control("architecture").value !== "";
    control("hidden").disabled = own;
    control("activation").disabled = own;
  }

  /** @param {Refusal | null} refusal @returns {boolean} whether a field shows it */
  function refuse(refusal) {
    for (const [name, { control, error }] of rows) {
      const wrong = refusal?.field === name;
      error.hidden = !wrong;
      error.replaceChildren(wrong ? (refusal?.detail ?? "") : "");
      control.setAttribute("aria-invalid", String(wrong));
    }
    const row = rows.get(refusal?.field ?? "");
    row?.control.focus();
    return row !== undefined;
  }

  form.addEventListener("input", onEdit);
  form.addEventListener("change", () => {
    fit();
    const chosen = control("optimizer").value;
    if (chosen !== optimizer && Number(control("learning_rate").value) === CUSTOMARY_RATES[optimizer]) {
      control("learning_rate").value = String(CUSTOMARY_RATES[chosen]);
    }
    optimizer = chosen;
  });
  const again = /** @type {HTMLButtonElement} */ (byId("settings-run"));
  again.addEventListener("click", () => run && fill(run.config));
  byId("settings-chapter").addEventListener("click", () => fill(CHAPTER));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onStart(fromTexts(texts(), graph));
  });

  relabel();
  fill(CHAPTER);
  return {
    refuse,
    relabel,
    /** @param {Run | null} chosen whose settings can be taken over */
    update(chosen) {
      run = chosen;
      again.disabled = run === null;
    },
  };
}

/** @param {Field} field @param {string} id @returns {Control} */
function controlOf(field, id) {
  const about = { id, name: field.name, "aria-describedby": `${id}-hint ${id}-error`, autocomplete: "off" };
  if (field.kind === "choice") {
    return element(
      "select",
      about,
      ...(field.options?.() ?? []).map(([value, text]) => element("option", { value }, text)),
    );
  }
  if (field.kind === "switch") return element("input", { ...about, type: "checkbox", role: "switch" });
  const kind = field.kind === "number" ? { inputmode: "decimal" } : {};
  const list = field.suggestions ? { list: `${id}-list` } : {};
  return element("input", { ...about, ...kind, ...list, type: "text", spellcheck: "false" });
}

/** @param {Control} control @returns {control is HTMLInputElement} */
function isSwitch(control) {
  return control instanceof HTMLInputElement && control.type === "checkbox";
}
