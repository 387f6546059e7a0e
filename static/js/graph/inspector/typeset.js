import { message, t } from "../../i18n.js";
import { loadScript, loadStyle } from "../../script.js";
import { html } from "../draw/element.js";

/** The words that stand in the rules of the catalogue. */
const WORDS = new Set([
  message("else"),
  message("in the shape of"),
  message("is one-hot already"),
  message("is the first maximum"),
  message("repeated to the shape of"),
  message("that came from"),
  message("the part of"),
  message("where"),
]);

/** @type {Promise<any> | null} */
let katex = null;

/**
 * A formula in LaTeX, typeset. The typesetter is fetched when the first formula is.
 *
 * @param {string} tex
 * @returns {HTMLElement}
 */
export function typeset(tex) {
  const element = html("span", { class: "math" });
  katex ??= Promise.all([loadScript("katex/katex.min.js"), loadStyle("katex/katex.min.css")]).then(
    () => /** @type {any} */ (globalThis).katex,
    () => {
      // The server is away: the next formula asks again.
      katex = null;
    },
  );
  katex.then((library) => {
    if (!library) return;
    const options = { throwOnError: false, strict: false, trust: ({ command = "" }) => command === "\\htmlClass" };
    // Rendered anew each time: a clone brings its styles as attributes, which the security policy refuses.
    library.render(inWords(tex), element, options);
  });
  return element;
}

/** A formula with its words in the language of the page. @param {string} tex */
const inWords = (tex) =>
  tex.replace(
    /\\text\{( ?)([^}]*?)( ?)\}/g,
    (_, before, words, after) => `\\text{${before}${WORDS.has(words) ? t(words) : words}${after}}`,
  );
