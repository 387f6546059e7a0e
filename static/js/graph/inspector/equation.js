/** Rules in LaTeX, and the same rules with numbers in the place of letters. Pure text. */

const PIECE = /\\(?:text|operatorname|mathrm|mathbf|mathit)\{[^}]*\}|\\[a-zA-Z]+|[a-zA-Z]+/g;

/**
 * A rule with a number in place of each letter it names; negative numbers stand in brackets.
 *
 * @param {string} tex
 * @param {Record<string, {text: string, kind: "value" | "gradient"}>} numbers by letter
 * @returns {string}
 */
export function substituted(tex, numbers) {
  let end = 0;
  let after = false;
  return tex.replace(PIECE, (piece, place) => {
    const between = tex.slice(end, place).replaceAll("\\,", "").trim();
    // Side by side letters multiply, digits do not: 2x becomes 2 · 3.
    const times = /\d$/.test(between) || (between === "" && after) ? "\\cdot " : "";
    const number = numbers[piece.replace(/^\\(mathit\{(\w+)\})?/, "$2")];
    end = place + piece.length;
    after = number !== undefined;
    if (!number) return piece;
    const raised = tex.slice(end).trimStart().startsWith("^");
    const bracketed = number.text.startsWith("-") || (raised && number.text.includes("e"));
    const shown = `\\htmlClass{${number.kind}}{${numeral(bracketed ? `(${number.text})` : number.text)}}`;
    // A power takes one token or a group, and a number with its colour is neither.
    return times + (/[\^_]$/.test(between) ? `{${shown}}` : shown);
  });
}

/** A printed number as LaTeX: 1.5e-7 becomes 1.5 × 10⁻⁷. @param {string} text */
export function numeral(text) {
  return text
    .replace(/e(-?\d+)/, " \\times 10^{$1}")
    .replace("∞", "\\infty ")
    .replace("NaN", "\\text{NaN}");
}

/** The letter on the left of a rule: what its result is called. @param {string} tex */
export const resultOf = (tex) => /^\s*\\?([a-zA-Z]+)\s*=/.exec(tex)?.[1] ?? "z";
