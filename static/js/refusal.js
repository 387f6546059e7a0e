/** @import {Problem} from "./graph/types" */

import { FRAMES, TITLES } from "./frames.js";
import { language, t } from "./i18n.js";

/** Each frame with the pattern that finds what stands in its places. */
const PATTERNS = FRAMES.map((frame) => ({ frame, pattern: patternOf(frame) }));

/**
 * What is wrong, in the language of the page. The server speaks English: its sentence is recognised by its frame, and
 * what stands in the frame's places goes into the translation; a sentence of no known frame follows its translated title.
 *
 * @param {Pick<Problem, "title" | "detail">} problem
 * @returns {string}
 */
export function refusalOf({ title, detail }) {
  if (!detail) return TITLES.includes(title) ? t(title) : title;
  const known = recognised(detail);
  if (known !== null) return known;
  const unchanged = language() === "en" || !TITLES.includes(title);
  return unchanged ? detail : t("{title}: {detail}", { title: t(title), detail });
}

/** One of the server's sentences in the language of the page, or null. @param {string} detail */
export function recognised(detail) {
  for (const { frame, pattern } of PATTERNS) {
    const found = pattern.exec(detail);
    // What a run does is a word of the page's too.
    if (found) return t(frame, { ...found.groups, state: t(found.groups?.state ?? "") });
  }
  return null;
}

/** @param {string} frame */
function patternOf(frame) {
  const escaped = frame.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+?)");
  return new RegExp(`^${escaped}$`, "s");
}
