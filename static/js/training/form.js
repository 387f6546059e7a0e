/** @import {SavedEntry} from "../graph/types" */
/** @import {Config, Refusal, Run} from "./types" */
/** @import {Field} from "./fields.js" */

import { byId, element } from "../element.js";
import { t } from "../i18n.js";
import { CHAPTER, CUSTOMARY_RATES, fromTexts, OWN_GRAPH, titleOf, toTexts, unused } from "./config.js";
import { PARTS } from "./fields.js";
import { fieldWords } from "./refusal.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Control */
/** @typedef {ReturnType<typeof createForm>} Form */

/** What the architecture is called that stands for a saved graph, before its id. */
const SAVED = "saved:";

/**
 * The settings of the next run.
 *
 * @param {HTMLFormElement} form
 * @param {{onStart: (config: Record<string, unknown>) => void, onEdit: () => void, onGraph: (id: string) => void,
 *   configOf: (run: Run) => Promise<Config | null>, onNetwork: (title: string | null) => void}} listener
 *   onGraph: a saved graph is wanted as the network; onNetwork: the network is now this graph, or none
 */
export function createForm(form, { onStart, onEdit, onGraph, configOf, onNetwork }) {
  /** @type {Map<string, {field: Field, control: Control, error: HTMLElement}>} */
  const rows = new Map();
  /** @type {(() => void)[]} */
  const labels = [];
  /** @type {Run | null} */
  let run = null;
  /** @type {Config["graph"]} */
  let graph = null;
  let title = "";
  /** @type {string | null} */
  let network = null;
  /** @type {SavedEntry[]} */
  let saved = [];
  let optimizer = CHAPTER.optimizer.name;
  let choices = 0;

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
        if (control.name === "architecture") offer();
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

  /** Networks that are graphs: the one brought, and those that are saved. */
  function offer() {
    const choice = control("architecture");
    const chosen = choice.value;
    for (const old of choice.querySelectorAll("[data-own]")) old.remove();
    if (graph) {
      const words = title ? t("Graph: {title}", { title }) : t("The graph of that run");
      choice.append(element("option", { value: OWN_GRAPH, "data-own": true }, words));
    }
    if (saved.length > 0) {
      const options = saved.map(({ id, name }) => element("option", { value: `${SAVED}${id}` }, name));
      choice.append(element("optgroup", { label: t("Graphs you saved"), "data-own": true }, ...options));
    }
    choice.value = chosen;
  }

  /**
   * Another network is chosen: one that was chosen before, and comes late, is no longer wanted.
   *
   * @returns {() => boolean} whether this is still the latest choice
   */
  function choose() {
    choices += 1;
    const mine = choices;
    return () => mine === choices;
  }

  /** @param {Config} config */
  function fill(config) {
    choose();
    graph = config.graph ?? null;
    title = titleOf(graph);
    offer();
    for (const [name, value] of Object.entries(toTexts(config))) {
      const box = control(name);
      if (isSwitch(box)) box.checked = value === true;
      else box.value = String(value);
    }
    optimizer = config.optimizer.name;
    fit();
  }

  /** A network that brings its own layers leaves nothing to say about them. */
  function fit() {
    const architecture = control("architecture").value;
    const idle = unused(architecture);
    for (const [name, { control }] of rows) control.disabled = idle.includes(name);
    const now = architecture === OWN_GRAPH ? title || t("The graph of that run") : null;
    if (now !== network) onNetwork(now);
    network = now;
  }

  /** @param {Refusal | null} refusal @returns {boolean} whether a field shows it */
  function refuse(refusal) {
    for (const [name, { control, error }] of rows) {
      const wrong = refusal?.field === name;
      error.hidden = !wrong;
      error.replaceChildren(wrong && refusal ? fieldWords(refusal) : "");
      control.setAttribute("aria-invalid", String(wrong));
    }
    const row = rows.get(refusal?.field ?? "");
    row?.control.focus();
    return row !== undefined;
  }

  form.addEventListener("input", onEdit);
  form.addEventListener("change", ({ target }) => {
    const architecture = control("architecture").value;
    if (target === control("architecture")) choose();
    if (architecture.startsWith(SAVED)) {
      // Until it is here, the network is the one it was.
      control("architecture").value = graph ? OWN_GRAPH : "";
      onGraph(architecture.slice(SAVED.length));
    }
    fit();
    const chosen = control("optimizer").value;
    if (chosen !== optimizer && Number(control("learning_rate").value) === CUSTOMARY_RATES[optimizer]) {
      control("learning_rate").value = String(CUSTOMARY_RATES[chosen]);
    }
    optimizer = chosen;
  });
  const again = /** @type {HTMLButtonElement} */ (byId("settings-run"));
  again.addEventListener("click", async () => {
    const latest = choose();
    const config = run && (await configOf(run));
    if (config && latest()) fill(config);
  });
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
    choose,
    /** @param {SavedEntry[]} entries graphs that can be the network */
    list(entries) {
      saved = entries;
      offer();
    },
    /** A graph becomes the network of the next run. @param {NonNullable<Config["graph"]>} brought @param {string} name */
    bring(brought, name) {
      graph = brought;
      title = name;
      offer();
      control("architecture").value = OWN_GRAPH;
      fit();
    },
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
