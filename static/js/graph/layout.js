/** @import {Placement} from "./types" */
/** @import {Scene, SceneEdge, SceneNode} from "./scene.js" */
import { layered } from "./layered.js";
import { BOX, innerPlaces, labelSize, NAME, nodeSize, outputSize, RADIUS } from "./measure.js";

/** The id under which the drawn output, the name and number at the right end, is laid out and drawn. */
export const OUTPUT = "→";

const PORT_GAP = 18;
/** Above this many nodes the layout engine takes too long, and the quick layout draws. */
export const LARGE = 150;

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.layered.spacing.nodeNodeBetweenLayers": "18",
  "elk.layered.spacing.edgeNodeBetweenLayers": "12",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "12",
  "elk.spacing.nodeNode": "22",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.edgeLabel": "0",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.padding": "[top=12,left=12,bottom=12,right=12]",
};

/**
 * What the layout engine is asked: sizes, ports in slot order, and one two-row label on each edge.
 *
 * @param {Scene} scene
 * @returns {any}
 */
export function question(scene) {
  /** @type {Map<string | null, any[]>} */
  const children = new Map([[null, []]]);
  for (const group of scene.groups) children.set(group.id, []);
  const inside = new Set(scene.nodes.filter((node) => node.inside !== null).map((node) => node.id));
  for (const node of scene.nodes) if (!inside.has(node.id)) children.get(node.parent)?.push(elkNode(node));
  for (const group of scene.groups) {
    children.get(group.parent)?.push({
      id: `g:${group.id}`,
      children: children.get(group.id),
      layoutOptions: { "elk.padding": "[top=40,left=18,bottom=18,right=18]" },
    });
  }
  const size = outputSize(scene.output);
  children.get(null)?.push({
    id: OUTPUT,
    width: size.width,
    height: size.height,
    ports: [port(`${OUTPUT}/0`, "WEST", 0, middle(size))],
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
  });
  const edges = scene.edges
    .filter((edge) => !inside.has(edge.source))
    .map((edge) => elkEdge(edge.key, edge.source, `n:${edge.target}/${edge.slot}`, edge));
  edges.push(
    elkEdge(OUTPUT, scene.output.source, `${OUTPUT}/0`, {
      value: scene.output.figure,
      gradient: scene.output.gradient,
    }),
  );
  return {
    id: "root",
    layoutOptions: OPTIONS,
    children: children.get(null),
    edges,
  };
}

/** @param {SceneNode} node */
function elkNode(node) {
  const size = nodeSize(node);
  const ports = [port(`n:${node.id}/out`, "EAST", size.width, middle(size))];
  for (let slot = 0; slot < node.slots; slot++) {
    ports.push(port(`n:${node.id}/${slot}`, "WEST", 0, slotHeight(node, size.height, slot)));
  }
  return {
    id: `n:${node.id}`,
    width: size.width,
    height: size.height,
    ports,
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
  };
}

/** How far from a node's middle an edge enters its slot. @param {number} slot @param {number} slots */
export const slotOffset = (slot, slots) => (slot - (slots - 1) / 2) * PORT_GAP;

/** @param {SceneNode} node @param {number} height @param {number} slot */
const slotHeight = (node, height, slot) => height / 2 + (node.inner ? 0 : slotOffset(slot, node.slots));

/** Where an edge meets a box whose name stands above it. @param {{height: number, top: number}} size */
const middle = ({ height, top }) => (height - top === BOX ? NAME + BOX / 2 : top + (height - top) / 2);

/** @param {string} id @param {"EAST" | "WEST"} side @param {number} x @param {number} y */
const port = (id, side, x, y) => ({ id, x, y, width: 0, height: 0, layoutOptions: { "elk.port.side": side } });

/** @param {string} id @param {string} source @param {string} target @param {Pick<SceneEdge, "value" | "gradient">} carried */
function elkEdge(id, source, target, { value, gradient }) {
  const label = {
    ...labelSize(value, gradient),
    text: " ",
    layoutOptions: { "elk.edgeLabels.inline": "true", "elk.edgeLabels.placement": "CENTER" },
  };
  return { id: `e:${id}`, sources: [`n:${source}/out`], targets: [target], labels: [label] };
}

/**
 * The layout engine's answer as places for the drawing, edges cut where they meet a circle.
 *
 * @param {any} answer
 * @param {Scene} scene
 * @returns {Placement}
 */
export function placement(answer, scene) {
  /** @type {Placement} */
  const placed = { nodes: new Map(), edges: new Map(), groups: new Map(), width: answer.width, height: answer.height };
  const waiting = [...answer.children];
  for (let child = waiting.pop(); child; child = waiting.pop()) {
    const box = { x: child.x, y: child.y, width: child.width, height: child.height };
    if (child.id.startsWith("g:")) {
      placed.groups.set(child.id.slice(2), box);
      waiting.push(...child.children);
    } else placed.nodes.set(child.id === OUTPUT ? OUTPUT : child.id.slice(2), box);
  }
  const slots = new Map(scene.edges.map((edge) => [edge.key, edge]));
  const round = new Set(scene.nodes.filter((node) => isCircle(node)).map((node) => node.id));
  for (const edge of answer.edges) {
    const key = edge.id.slice(2);
    const section = edge.sections[0];
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({ x, y }));
    const target = slots.get(key)?.target;
    const end = target !== undefined && round.has(target) ? placed.nodes.get(target) : undefined;
    if (end) points[points.length - 1].x += cut(points[points.length - 1].y - end.y - end.height / 2);
    const label = edge.labels?.[0];
    placed.edges.set(key, {
      points,
      label: label ? { x: label.x, y: label.y, width: label.width, height: label.height } : null,
    });
  }
  placeInside(placed, scene);
  return placed;
}

/** Constants stand in the circle of their op; the edge between them has no length. @param {Placement} placed @param {Scene} scene */
function placeInside(placed, scene) {
  const byId = new Map(scene.nodes.map((node) => [node.id, node]));
  for (const { source, key } of scene.edges) {
    const op = byId.get(byId.get(source)?.inside ?? "");
    const circle = op && placed.nodes.get(op.id);
    if (!circle) continue;
    const { symbol, constant } = innerPlaces(op);
    placed.nodes.set(source, { ...constant, x: circle.x + constant.x, y: circle.y + constant.y });
    const point = { x: circle.x + symbol, y: circle.y + circle.height / 2 };
    placed.edges.set(key, { points: [point, point], label: null });
  }
}

/** @param {SceneNode} node */
export function isCircle(node) {
  const size = nodeSize(node);
  return (node.kind === "op" || node.kind === "group") && size.width === 2 * RADIUS && size.height === 2 * RADIUS;
}

/** How far inside its bounding box a circle begins at a height off its middle. @param {number} offset */
const cut = (offset) => RADIUS - Math.sqrt(Math.max(0, RADIUS ** 2 - offset ** 2));

/**
 * The places of a large graph, at once; the frames of opened composites are left out.
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
    const slots = Array.from({ length: node.slots }, (_, slot) => slotHeight(node, size.height, slot));
    return { id: node.id, ...size, out: middle(size), slots };
  });
  const end = outputSize(scene.output);
  items.push({ id: OUTPUT, ...end, out: 0, slots: [middle(end)] });
  const links = scene.edges
    .filter((edge) => !inside.has(edge.source))
    .map(({ key, source, target, slot, value, gradient }) => ({
      key,
      source,
      target,
      slot,
      ...labelSize(value, gradient),
    }));
  const { source, figure, gradient } = scene.output;
  links.push({ key: OUTPUT, source, target: OUTPUT, slot: 0, ...labelSize(figure, gradient) });
  const placed = layered(items, links);
  for (const { key, target } of links) {
    const points = placed.edges.get(key)?.points;
    const box = placed.nodes.get(target);
    if (points && box && round.has(target))
      points[points.length - 1].x += cut(points[points.length - 1].y - box.y - RADIUS);
  }
  placeInside(placed, scene);
  return placed;
}

/**
 * What the layout depends on: two scenes with one signature stand in the same places.
 *
 * @param {Scene} scene
 * @returns {string}
 */
export function signature(scene) {
  const nodes = scene.nodes.map((node) => [
    node.id,
    node.parent,
    node.slots,
    node.symbol,
    node.inner?.text,
    node.names,
    node.figure?.shape,
  ]);
  const edges = scene.edges.map((edge) => [edge.key, edge.value?.shape]);
  return JSON.stringify([
    nodes,
    edges,
    scene.groups.map((group) => [group.id, group.parent]),
    scene.output.source,
    scene.output.names,
    scene.output.figure?.shape,
  ]);
}
