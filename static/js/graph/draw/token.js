import { numberWidth } from "../measure.js";
import { svg } from "./element.js";

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Let a number travel along an edge: a value with the arrow, a gradient against it. Motion reduced: nothing moves.
 *
 * @param {SVGGElement} layer
 * @param {SVGPathElement} wire
 * @param {{text: string, kind: "value" | "gradient", duration: number}} what
 * @returns {Promise<void>} when it has arrived
 */
export function travel(layer, wire, { text, kind, duration }) {
  const length = wire.getTotalLength();
  if (still() || duration <= 0 || length === 0) return Promise.resolve();
  const width = numberWidth(text) + 18;
  const growth = Number(getComputedStyle(layer).getPropertyValue("--growth")) || 1;
  const tip = kind === "value" ? `M${width / 2} -6l9 6 -9 6z` : `M${-width / 2} -6l-9 6 9 6z`;
  const label = svg("text", { y: 4.5 });
  label.textContent = text;
  const token = svg(
    "g",
    { class: `token is-${kind}` },
    svg("path", { d: tip }),
    svg("rect", { x: -width / 2, y: -11, width, height: 22, rx: 11 }),
    label,
  );
  layer.append(token);
  const start = performance.now();
  return new Promise((resolve) => {
    /** @param {number} now */
    function frame(now) {
      const part = Math.min(1, Math.max(0, now - start) / duration);
      const eased = part < 0.5 ? 2 * part * part : 1 - (2 - 2 * part) ** 2 / 2;
      const { x, y } = wire.getPointAtLength(length * (kind === "value" ? eased : 1 - eased));
      token.setAttribute("transform", `translate(${x} ${y}) scale(${growth})`);
      if (part < 1 && token.isConnected) requestAnimationFrame(frame);
      else {
        token.remove();
        resolve();
      }
    }
    frame(start);
  });
}
