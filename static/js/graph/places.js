/** @import {Direction, Placement} from "./types" */
/** @import {Scene} from "./scene.js" */
import { solve } from "./elk.js";
import { layered } from "./layered.js";
import { isCircle, middle, OUTPUT, placeHeads, placeInside, placement, question, reach, slotOffset } from "./layout.js";
import { labelSize, NAME, nodeSize, outputSize } from "./measure.js";

/** Above this many nodes the layout engine takes too long, and the quick layout draws. */
export const LARGE = 100;

/** Room between a composite's frame and its nodes. */
const PAD = 18;

/**
 * The places of a scene: by the layout engine, or at once where the graph is too large for it.
 *
 * @param {Scene} scene
 * @param {Direction} direction
 * @returns {Promise<Placement>}
 */
export async function places(scene, direction) {
  if (scene.nodes.length > LARGE) return quick(scene);
  try {
    return placement(await solve(question(scene, direction)), scene, direction);
  } catch (error) {
    console.warn("The layout engine gave up; the quick layout draws instead.", error);
    return quick(scene);
  }
}

/**
 * The places of a large graph; the frame of an opened composite lies around wherever its nodes stand.
 *
 * @param {Scene} scene
 * @returns {Placement}
 */
export function quick(scene) {
  const inside = new Set(scene.nodes.filter((node) => node.inside !== null).map((node) => node.id));
  const free = scene.nodes.filter((node) => !inside.has(node.id));
  const round = new Set(free.filter(isCircle).map((node) => node.id));
  const items = free.map((node) => {
    const size = nodeSize(node);
    const offset = (/** @type {number} */ slot) => (node.inner ? 0 : slotOffset(slot, node.slots));
    const slots = Array.from({ length: node.slots }, (_, slot) => size.height / 2 + offset(slot));
    return { id: node.id, ...size, out: middle(size), slots };
  });
  const end = outputSize(scene.output);
  items.push({ id: OUTPUT, ...end, out: 0, slots: [middle(end)] });
  const links = scene.edges
    .filter((edge) => !inside.has(edge.source))
    .map(({ key, source, target, slot, value, gradient }) => ({
      ...{ key, source, target, slot },
      ...labelSize(value, gradient, "right"),
    }));
  const { source, figure, gradient } = scene.output;
  links.push({ key: OUTPUT, source, target: OUTPUT, slot: 0, ...labelSize(figure, gradient, "right") });
  const placed = layered(items, links);
  for (const { key, target } of links) {
    const points = placed.edges.get(key)?.points;
    const box = placed.nodes.get(target);
    if (points && box && round.has(target)) reach(points[points.length - 1], box, "right");
  }
  placeInside(placed, scene);
  for (const group of scene.groups) frame(placed, scene, group.id);
  placeHeads(placed, scene);
  return placed;
}

/** @param {Placement} placed @param {Scene} scene @param {string} group */
function frame(placed, scene, group) {
  const parents = new Map(scene.groups.map(({ id, parent }) => [id, parent]));
  /** @param {string | null} id @returns {boolean} */
  const within = (id) => id !== null && (id === group || within(parents.get(id) ?? null));
  const boxes = scene.nodes.filter((node) => within(node.parent)).flatMap((node) => placed.nodes.get(node.id) ?? []);
  if (boxes.length === 0) return;
  const x = Math.min(...boxes.map((box) => box.x)) - PAD;
  const y = Math.min(...boxes.map((box) => box.y)) - PAD - NAME;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + PAD;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + PAD;
  placed.groups.set(group, { x, y, width: right - x, height: bottom - y, head: 0 });
}
