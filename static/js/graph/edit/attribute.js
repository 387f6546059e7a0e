/** @import {GraphDocument} from "../types" */

/** An attribute as a person reads it: None, numbers, (2, 3). @param {unknown} value @returns {string} */
export function attributeText(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (!Array.isArray(value)) return String(value);
  return value.length === 1 ? `(${value[0]},)` : `(${value.join(", ")})`;
}

/**
 * What a person typed for an attribute.
 *
 * @param {string} text
 * @returns {{value: unknown} | null} null where it is neither a number, several numbers, None, True nor False
 */
export function readAttribute(text) {
  const plain = text.trim().replaceAll("−", "-");
  if (/^(none|null|)$/i.test(plain)) return { value: null };
  if (/^(true|false)$/i.test(plain)) return { value: plain.toLowerCase() === "true" };
  const inner = /^[([](.*)[)\]]$/.exec(plain)?.[1] ?? null;
  const numbers = (inner ?? plain)
    .split(/[,\s]+/)
    .filter((part) => part !== "")
    .map(Number);
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return null;
  return { value: inner !== null || numbers.length > 1 ? numbers : numbers[0] };
}

/**
 * A graph in which a node has another attribute.
 *
 * @param {GraphDocument} document
 * @param {string} id
 * @param {string} name
 * @param {unknown} value
 * @returns {GraphDocument}
 */
export function withAttribute(document, id, name, value) {
  const nodes = document.nodes.map((node) =>
    node.id === id ? { ...node, attrs: { ...node.attrs, [name]: value } } : node,
  );
  return { ...document, nodes };
}
