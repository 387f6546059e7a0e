/** @import {Run} from "../types" */

/**
 * The runs in which every word of the filter is found: in the name, a tag, the state or what makes the run differ.
 *
 * @param {Run[]} runs
 * @param {string} filter
 * @param {(run: Run) => string} nameOf
 * @returns {Run[]}
 */
export function filtered(runs, filter, nameOf) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return runs.filter((run) => {
    const text = [nameOf(run), run.state, ...run.tags, run.config.optimizer.name].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/**
 * @param {string} text words between commas
 * @returns {string[]}
 */
export function tagsOf(text) {
  const tags = text.split(/[,、，]/).map((tag) => tag.trim());
  return [...new Set(tags)].filter(Boolean);
}
