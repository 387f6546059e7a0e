/**
 * A table as CSV text (RFC 4180): numbers as they are, text quoted where it must be.
 *
 * @param {string[]} names
 * @param {(number | string | null)[][]} columns
 * @returns {string}
 */
export function csv(names, columns) {
  const rows = [names.map(cell).join(",")];
  const length = Math.max(0, ...columns.map((column) => column.length));
  for (let k = 0; k < length; k += 1) rows.push(columns.map((column) => cell(column[k] ?? null)).join(","));
  return `${rows.join("\r\n")}\r\n`;
}

/** @param {number | string | null} value */
function cell(value) {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
