/** @import {Config} from "../types" */

import { byId, element } from "../../element.js";
import { PRESETS } from "./presets.js";

/**
 * The presets: one press starts all runs of an experiment and lays their curves over each other.
 *
 * @param {(configs: Partial<Config>[]) => void} onRun
 */
export function createCompare(onRun) {
  const host = byId("presets");
  const rows = PRESETS.map((preset) => {
    const button = element("button", { type: "button", onclick: () => onRun(preset.runs) });
    const comment = element("p", { class: "soft" });
    host.append(element("li", { "data-preset": preset.id }, button, comment));
    return { preset, button, comment };
  });

  function relabel() {
    for (const { preset, button, comment } of rows) {
      button.textContent = preset.title();
      comment.textContent = preset.comment();
    }
  }

  relabel();
  return { relabel };
}
