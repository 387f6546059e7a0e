/** @import {Scalar, Text} from "./graph/types" */

/** Above this, numbers are written with a power of ten. */
const LARGE = 1e7;

/**
 * A number as a person reads it: so many significant digits, but never less than all before the point and two after it.
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
  if (size >= LARGE || size < 10 ** (1 - digits)) {
    return Number(value.toPrecision(digits - 1))
      .toExponential()
      .replace("e+", "e");
  }
  const before = Math.floor(Math.log10(size)) + 1;
  return String(Number(value.toFixed(Math.max(2, digits - before))));
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
