/** @import {Box, Direction, Op} from "../types" */
/** @import {SceneNode} from "../scene.js" */
/** @typedef {{node: string, slot: number | null, x: number, y: number}} Port slot null: where the value leaves */
import { isCircle, middle, slotOffset } from "../layout.js";
import { nodeSize, RADIUS } from "../measure.js";

/** Where the slot of a number that is written into the circle is offered. */
const ASIDE = 15;

/**
 * The places on a drawn node where wires begin and end.
 *
 * @param {SceneNode} node
 * @param {Box} box
 * @param {Op | undefined} op
 * @param {Direction} direction
 * @returns {Port[]}
 */
export function portsOf(node, box, op, direction) {
  const size = nodeSize(node);
  const down = direction === "down";
  const { width, height } = size;
  /** @param {number | null} slot @param {number} along @param {number} across */
  const port = (slot, along, across) =>
    down
      ? { node: node.id, slot, x: box.x + width / 2 + across, y: box.y + along }
      : { node: node.id, slot, x: box.x + along, y: box.y + height / 2 + across };
  const out = down ? port(null, height, 0) : port(null, width, middle(size) - height / 2);
  if (node.kind === "input" || node.kind === "constant") return [out];
  const count = Math.max(node.slots, op?.slots.length ?? 0);
  const places = Array.from({ length: count + (op?.variadic ? 1 : 0) }, (_, slot) => {
    const offset = node.inner ? innerOffset(node, slot) : slotOffset(slot, count);
    return port(slot, isCircle(node) ? cut(offset) : 0, offset);
  });
  return [...places, out];
}

/** @param {SceneNode} node @param {number} slot */
function innerOffset(node, slot) {
  const constant = node.inner?.before ? 0 : 1;
  if (slot !== constant) return 0;
  return constant === 0 ? -ASIDE : ASIDE;
}

/** @param {number} offset */
const cut = (offset) => RADIUS - Math.sqrt(Math.max(0, RADIUS ** 2 - offset ** 2));

/**
 * The port nearest to a point, within reach.
 *
 * @param {Port[]} ports
 * @param {{x: number, y: number}} point
 * @param {number} reach
 * @returns {Port | null}
 */
export function nearest(ports, point, reach) {
  let best = null;
  let least = reach;
  for (const port of ports) {
    const distance = Math.hypot(port.x - point.x, port.y - point.y);
    if (distance > least) continue;
    best = port;
    least = distance;
  }
  return best;
}
