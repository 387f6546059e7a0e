/** @import {Part} from "../sentence.js" */
import { html } from "../draw/element.js";

/**
 * A sentence or a formula whose values and gradients keep their look.
 *
 * @param {"p" | "h4" | "li"} tag
 * @param {Part[]} parts
 * @param {string} [name] its class
 */
export const lineOf = (tag, parts, name = "") =>
  html(
    tag,
    name ? { class: name } : {},
    ...parts.map(({ kind, text }) => (kind === "text" ? text : html("b", { class: kind }, text))),
  );
