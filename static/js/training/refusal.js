/** @import {Refusal} from "./types" */

import { t } from "../i18n.js";
import { refusalOf } from "../refusal.js";
import { fieldNamed } from "./fields.js";

/**
 * A refusal in the page's language, as it stands at its field: what can be put in there.
 *
 * @param {Refusal} refusal
 * @returns {string}
 */
export function fieldWords({ title = "", detail, field, limit, told }) {
  if (told) return detail;
  if (limit) return t("This network is larger than the server allows: fewer neurons or a smaller batch will fit.");
  return fieldNamed(field ?? "")?.right?.() ?? refusalOf({ title, detail });
}

/** The same where the field is not in sight. @param {Refusal} refusal @returns {string} */
export function refusalWords(refusal) {
  const label = refusal.told || refusal.limit ? "" : fieldNamed(refusal.field ?? "")?.label();
  return label ? t("{label}: {words}", { label, words: fieldWords(refusal) }) : fieldWords(refusal);
}
