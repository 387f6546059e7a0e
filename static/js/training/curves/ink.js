/**
 * The design tokens as plain colours, for what cannot read CSS variables (plotly, canvas). Read anew when the theme changes.
 *
 * @typedef {{paper: string, panel: string, sunk: string, ink: string, soft: string, line: string, value: string, gradient: string,
 *   good: string, bad: string, font: string}} Ink
 */

const TOKENS = /** @type {const} */ ([
  "paper",
  "panel",
  "sunk",
  "ink",
  "soft",
  "line",
  "value",
  "gradient",
  "good",
  "bad",
]);

/** @returns {Ink} */
export function readInk() {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  /** @type {Partial<Ink>} */
  const ink = { font: getComputedStyle(document.body).fontFamily };
  for (const token of TOKENS) {
    probe.style.color = `var(--${token})`;
    ink[token] = style.color;
  }
  probe.remove();
  return /** @type {Ink} */ (ink);
}

/**
 * @param {string} colour `rgb(r, g, b)` as the browser computes it
 * @param {number} alpha
 */
export function faint(colour, alpha) {
  return colour.replace(/^rgb\(([^)]*)\)$/, `rgba($1, ${alpha})`);
}
