/** What every page has: the header's choices of language and theme. */

import { setLanguage } from "./i18n.js";
import { followSystem, setTheme } from "./theme.js";

/**
 * @param {string} id
 * @param {(value: string) => unknown} choose
 */
function onChoice(id, choose) {
  const select = /** @type {HTMLSelectElement | null} */ (document.getElementById(id));
  select?.addEventListener("change", () => choose(select.value));
}

onChoice("language", setLanguage);
onChoice("theme", setTheme);
followSystem();
