/** @import {Scalar, Text} from "./graph/types" */

/**
 * A number as a person reads it: at most `digits` significant digits, no trailing zeros, plain where it fits.
 *
 * @param {Scalar} value
 * @param {number} [digits]
 * @returns {string}
 */
export function number(value, digits = 6) {
  if (typeof value === "string") return { NaN: "NaN", Infinity: "∞", "-Infinity": "-∞" }[value] ?? value;
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "-∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(digits));
  if (size >= 10 ** (digits + 1) || size < 1e-4) return rounded.toExponential().replace("e+", "e");
  return String(rounded);
}

/** A number with all its digits, as it is edited and sent. @param {Scalar} value */
export const exact = (value) => String(value);

/** @param {number[]} shape @returns {string} a shape as NumPy writes it */
export function shape(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/**
 * The words of a text in one language, English where that language is missing.
 *
 * @param {Text | null | undefined} text
 * @param {string} language
 * @returns {string}
 */
export function inLanguage(text, language) {
  if (!text) return "";
  if (typeof text === "string") return text;
  return text[language] ?? text.en ?? Object.values(text)[0] ?? "";
}
