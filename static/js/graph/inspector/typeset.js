import { html } from "../draw/element.js";

const KATEX = new URL("../../../vendor/katex/katex.min.js", import.meta.url).href;

/** @type {Promise<any> | null} */
let katex = null;
/** Formulas kept; with numbers in them there is no end of them. */
const MOST = 400;

/** @type {Map<string, Node>} */
const set = new Map();

/**
 * A formula in LaTeX, typeset. The typesetter is fetched when the first formula is.
 *
 * @param {string} tex
 * @returns {HTMLElement}
 */
export function typeset(tex) {
  const element = html("span", { class: "math" });
  const known = set.get(tex);
  if (known) {
    element.append(known.cloneNode(true));
    return element;
  }
  katex ??= import(KATEX).then(() => /** @type {any} */ (globalThis).katex);
  katex.then((library) => {
    const options = { throwOnError: false, strict: false, trust: ({ command = "" }) => command === "\\htmlClass" };
    library.render(tex, element, options);
    if (set.size > MOST) set.clear();
    if (element.firstChild) set.set(tex, element.firstChild.cloneNode(true));
  });
  return element;
}
