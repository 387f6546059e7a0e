/** Light, dark, or as the system has it. */

import { remember } from "./i18n.js";

/** The chosen theme: "system", "light" or "dark". */
export function theme() {
  return document.documentElement.dataset.theme ?? "system";
}

/**
 * Show the page in a theme, and remember it. Whoever draws colours from script listens to `theme/changed`.
 * @param {string} name
 */
export function setTheme(name) {
  document.documentElement.dataset.theme = name;
  remember("theme", name);
  document.dispatchEvent(new CustomEvent("theme/changed", { detail: { theme: name } }));
}

/** Tell when the system changes its mind while the page follows it. */
export function followSystem() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (theme() === "system") document.dispatchEvent(new CustomEvent("theme/changed", { detail: { theme: "system" } }));
  });
}
