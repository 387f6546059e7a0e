/** @import {GraphDocument, Text} from "../types" */
import { inLanguage } from "../../format.js";

/**
 * A document whose texts are in one language alone: a picture shows the words that the page shows.
 *
 * @param {GraphDocument} document
 * @param {string} language
 * @returns {GraphDocument}
 */
export function spoken(document, language) {
  /** @template {{label?: Text}} T @param {T} part @returns {T} */
  const labelled = (part) => (part.label ? { ...part, label: inLanguage(part.label, language) } : part);
  const { title, description, groups, nodes } = document;
  return {
    ...document,
    ...(title ? { title: inLanguage(title, language) } : {}),
    ...(description ? { description: inLanguage(description, language) } : {}),
    ...(groups ? { groups: groups.map(labelled) } : {}),
    nodes: nodes.map(labelled),
  };
}
