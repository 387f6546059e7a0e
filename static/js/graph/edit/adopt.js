/** @import {GraphDocument} from "../types" */

/**
 * A graph that was read from text, with what the text does not say kept from the graph before it: the values of names
 * that the text leaves free, labels, title.
 *
 * @param {GraphDocument} parsed
 * @param {GraphDocument | null} before
 * @param {string} text
 * @returns {GraphDocument}
 */
export function adopted(parsed, before, text) {
  if (!before) return parsed;
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  const nodes = parsed.nodes.map((node) => {
    const old = known.get(node.id);
    if (!old || (old.op === "input") !== (node.op === "input")) return node;
    const value = node.op === "input" && !isBound(text, node.id) ? { value: old.value } : {};
    return { ...node, ...value, ...(old.label && !node.label ? { label: old.label } : {}) };
  });
  const { title, description } = isKin(parsed, before) ? before : {};
  return { ...parsed, nodes, ...(title ? { title } : {}), ...(description ? { description } : {}) };
}

/**
 * The same graph with the numbers that were changed on the drawing since the text was written: the text still says the
 * old ones.
 *
 * @param {GraphDocument} said as the text says it
 * @param {GraphDocument | null} now what is drawn
 * @param {GraphDocument | null} base the graph that the text was written from
 * @returns {GraphDocument} the very same where nothing was changed
 */
export function caughtUp(said, now, base) {
  if (!now || !base || now === base) return said;
  const drawn = valuesOf(now);
  const before = valuesOf(base);
  let changed = false;
  const nodes = said.nodes.map((node) => {
    const value = drawn.get(node.id);
    const old = JSON.stringify(before.get(node.id));
    const kept = node.op === "input" && value !== undefined && old === JSON.stringify(node.value);
    if (!kept || old === JSON.stringify(value)) return node;
    changed = true;
    return { ...node, value };
  });
  return changed ? { ...said, nodes } : said;
}

/** @param {GraphDocument} document */
const valuesOf = ({ nodes }) => new Map(nodes.filter(({ op }) => op === "input").map(({ id, value }) => [id, value]));

/** Whether a graph grew out of another one: half the nodes of the smaller one are in both. @param {GraphDocument} document @param {GraphDocument} before */
export function isKin(document, before) {
  const known = new Set(before.nodes.map((node) => node.id));
  const shared = document.nodes.filter((node) => known.has(node.id)).length;
  return 2 * shared >= Math.min(known.size, document.nodes.length);
}

/** Whether the text itself gives a name its value. @param {string} text @param {string} name */
function isBound(text, name) {
  const word = name.replace(/[$]/g, "\\$&");
  return new RegExp(`^[^#\\n=]*(?<![\\p{L}\\p{N}_])${word}(?![\\p{L}\\p{N}_])[^=\\n#]*=(?!=)`, "mu").test(text);
}
