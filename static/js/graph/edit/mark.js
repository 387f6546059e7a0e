/**
 * A text cut where it is wrong: the word that stands at the place, or the last letter where the text has ended.
 *
 * @param {string} text
 * @param {{line?: number, column?: number} | null} place both from 1
 * @returns {{text: string, wrong: boolean}[]}
 */
export function marked(text, place) {
  const lines = text.split("\n");
  if (!place?.line || place.line > lines.length) return [{ text, wrong: false }];
  const line = lines[place.line - 1];
  const before = lines.slice(0, place.line - 1).reduce((sum, other) => sum + other.length + 1, 0);
  let column = Math.min(Math.max((place.column ?? 1) - 1, 0), line.length);
  while (column > 0 && !/\S/.test(line.slice(column))) column--;
  const length = Math.max(1, /^([\p{L}\p{N}_.]+|\S)/u.exec(line.slice(column))?.[0].length ?? 1);
  const start = before + column;
  const pieces = [
    { text: text.slice(0, start), wrong: false },
    { text: text.slice(start, start + length) || " ", wrong: true },
    { text: text.slice(start + length), wrong: false },
  ];
  return pieces.filter((piece) => piece.text !== "");
}
