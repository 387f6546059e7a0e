/** @import {GraphDocument} from "../types" */

/**
 * The same graph without the groups that an edit has changed inside: what is left of one is no composite any more.
 *
 * @param {GraphDocument} document
 * @param {Iterable<string>} edited ids of nodes whose inputs or op changed, or that are gone
 * @returns {GraphDocument}
 */
export function ungrouped(document, edited) {
  if (!document.groups) return document;
  const ids = new Set(edited);
  return withGroups(
    document,
    document.groups.filter((group) => !group.nodes.some((id) => ids.has(id))),
  );
}

/** @param {GraphDocument} document @param {NonNullable<GraphDocument["groups"]>} groups @returns {GraphDocument} */
export function withGroups(document, groups) {
  const { groups: _, ...rest } = document;
  return groups.length > 0 ? { ...rest, groups } : rest;
}
