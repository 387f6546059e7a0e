import { loadStyle } from "../../script.js";
import { html } from "../draw/element.js";

const KATEX = new URL("../../../vendor/katex/katex.min.js", import.meta.url).href;

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
  katex ??= Promise.all([import(KATEX), loadStyle("katex/katex.min.css")]).then(
    () => /** @type {any} */ (globalThis).katex,
  );
  katex.then((library) => {
    const options = { throwOnError: false, strict: false, trust: ({ command = "" }) => command === "\\htmlClass" };
    // Rendered anew each time: a clone brings its styles as attributes, which the security policy refuses.
    library.render(tex, element, options);
  });
  return element;
}
