/** @import {State} from "../types" */

import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { gradeOf, SIGNS } from "../check/grade.js";
import { html } from "../draw/element.js";
import { figure } from "../figure.js";

/**
 * What an open gradient check found at a node, in words: the drawing has little room for it.
 *
 * @param {State} state
 * @param {string} node
 */
export function checkedOf({ check }, node) {
  const graded = gradeOf(check?.result, node);
  const found = check?.result?.inputs[node] ?? check?.result?.nodes?.[node];
  if (!graded || !found) return null;
  const places = { error: number(graded.error, 2), numerical: figure(found.numerical)?.text ?? "" };
  const text =
    graded.grade === "kink"
      ? t("Gradient check: left out, it stands on a kink.")
      : typeof found.numerical === "number"
        ? t("Gradient check: numerically {numerical}, a relative error of {error}.", places)
        : t("Gradient check: a relative error of {error} at most.", places);
  return html("p", { class: `checked is-${graded.grade}` }, `${SIGNS[graded.grade]} ${text}`);
}
