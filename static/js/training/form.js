/** @import {SavedEntry} from "../graph/types" */
/** @import {Config, Refusal, Run} from "./types" */

import { byId, element } from "../element.js";
import { t } from "../i18n.js";
import { createTurns } from "../turns.js";
import { CHAPTER, CUSTOMARY_RATES, fromTexts, OWN_GRAPH, titleOf, toTexts, unused } from "./config.js";
import { PARTS } from "./fields.js";
import { fieldWords } from "./refusal.js";
import { createSetting } from "./setting.js";

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
  /** @type {Map<string, ReturnType<typeof createSetting>>} */
  const settings = new Map();
  /** @type {(() => void)[]} */
  const legends = [];
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
  /** Another network is chosen: one that was chosen before, and comes late, is no longer wanted. */
  const choose = createTurns();

  for (const part of PARTS) {
    const legend = element("legend");
    legends.push(() => legend.replaceChildren(part.title()));
    const made = part.fields.map(createSetting);
    part.fields.forEach(({ name }, k) => {
      settings.set(name, made[k]);
    });
    form.append(element("fieldset", {}, legend, ...made.map(({ host }) => host)));
  }

  /** @param {string} name */
  const control = (name) => /** @type {import("./setting.js").Control} */ (settings.get(name)?.control);

  function relabel() {
    const chosen = control("architecture").value;
    for (const legend of legends) legend();
    for (const setting of settings.values()) setting.relabel();
    offer();
    control("architecture").value = chosen;
  }

  function texts() {
    /** @type {Record<string, string | boolean>} */
    const read = {};
    for (const [name, setting] of settings) read[name] = setting.read();
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

  /** @param {Config} config */
  function fill(config) {
    choose();
    graph = config.graph ?? null;
    title = titleOf(graph);
    offer();
    for (const [name, value] of Object.entries(toTexts(config))) settings.get(name)?.write(value);
    optimizer = config.optimizer.name;
    fit();
  }

  /** A network that brings its own layers leaves nothing to say about them. */
  function fit() {
    const architecture = control("architecture").value;
    const idle = unused(architecture);
    for (const [name, { control }] of settings) control.disabled = idle.includes(name);
    const now = architecture === OWN_GRAPH ? title || t("The graph of that run") : null;
    if (now !== network) onNetwork(now);
    network = now;
  }

  /** @param {Refusal | null} refusal @returns {boolean} whether a field shows it */
  function refuse(refusal) {
    for (const [name, setting] of settings) setting.refuse(refusal?.field === name ? fieldWords(refusal) : "");
    const refused = settings.get(refusal?.field ?? "");
    refused?.control.focus();
    return refused !== undefined;
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
