/** What every page has: the header's choices of language and theme. */

import { language, setLanguage } from "./i18n.js";
import { followSystem, setTheme } from "./theme.js";

/**
 * @param {string} id
 * @param {(value: string, select: HTMLSelectElement) => unknown} choose
 */
function onChoice(id, choose) {
  const select = /** @type {HTMLSelectElement | null} */ (document.getElementById(id));
  select?.addEventListener("change", () => choose(select.value, select));
}

onChoice("language", async (tag, select) => {
  try {
    await setLanguage(tag);
  } catch {
    // It did not come, and can be chosen again.
    if (select.value === tag) select.value = language();
  }
});
onChoice("theme", setTheme);
followSystem();
