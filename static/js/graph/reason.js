import { t } from "../i18n.js";

/** Why a text is no number or array, in the reader's words. @type {Record<string, () => string>} */
const REASONS = {
  empty: () => t("Type a number."),
  number: () => t("That is not a number; the last good one is kept."),
  large: () => t("That is more than a number can hold; the last good one is kept."),
  ragged: () => t("The rows differ in length; the last good array is kept."),
  scalar: () => t("One number is wanted here, not an array."),
};

/** @param {string} message */
export const reason = (message) => (REASONS[message] ?? REASONS.number)();
