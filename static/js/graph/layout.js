/** @import {Box, Direction, Placement} from "./types" */
/** @typedef {{x: number, y: number}} Point */
/** @import {Scene, SceneEdge, SceneNode} from "./scene.js" */
import { headOf } from "./head.js";
import { BOX, innerPlaces, labelSize, NAME, nodeSize, outputSize, RADIUS } from "./measure.js";

/** The id under which the drawn output, the name and number at the right end, is laid out and drawn. */
export const OUTPUT = "→";

const PORT_GAP = 18;

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.layered.spacing.nodeNodeBetweenLayers": "8",
  "elk.layered.spacing.edgeNodeBetweenLayers": "8",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
  "elk.spacing.edgeNode": "14",
  "elk.spacing.edgeEdge": "12",
  "elk.spacing.edgeLabel": "0",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
};

const SPACING = {
  right: { "elk.spacing.nodeNode": "22", "elk.padding": "[top=12,left=12,bottom=12,right=12]" },
  down: { "elk.spacing.nodeNode": "10", "elk.padding": "[top=8,left=4,bottom=8,right=4]" },
};

/**
 * What the layout engine is asked: sizes, ports in slot order, and one two-row label on each edge.
 *
 * @param {Scene} scene
 * @param {Direction} direction
 * @returns {any}
 */
export function question(scene, direction = "right") {
  /** @type {Map<string | null, any[]>} */
  const children = new Map([[null, []]]);
  for (const group of scene.groups) children.set(group.id, []);
  const inside = new Set(scene.nodes.filter((node) => node.inside !== null).map((node) => node.id));
  for (const node of scene.nodes) if (!inside.has(node.id)) children.get(node.parent)?.push(elkNode(node, direction));
  for (const group of scene.groups) {
    children.get(group.parent)?.push({
      id: `g:${group.id}`,
      children: children.get(group.id),
      layoutOptions: { "elk.padding": "[top=40,left=14,bottom=14,right=14]" },
    });
  }
  const size = outputSize(scene.output);
  children.get(null)?.push({
    id: OUTPUT,
    width: size.width,
    height: size.height,
    ports: [inPort(`${OUTPUT}/0`, direction, { ...size, across: direction === "down" ? 30 : middle(size) })],
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
  });
  const edges = scene.edges
    .filter((edge) => !inside.has(edge.source))
    .map((edge) => elkEdge(edge.key, edge.source, `n:${edge.target}/${edge.slot}`, edge, direction));
  edges.push(
    elkEdge(
      OUTPUT,
      scene.output.source,
      `${OUTPUT}/0`,
      { value: scene.output.figure, gradient: scene.output.gradient },
      direction,
    ),
  );
  return {
    id: "root",
    layoutOptions: { ...OPTIONS, ...SPACING[direction], "elk.direction": direction.toUpperCase() },
    children: children.get(null),
    edges,
  };
}

/** @param {SceneNode} node @param {Direction} direction */
function elkNode(node, direction) {
  const size = nodeSize(node);
  const down = direction === "down";
  const out = down ? port("SOUTH", size.width / 2, size.height) : port("EAST", size.width, middle(size));
  const ports = [{ id: `n:${node.id}/out`, ...out }];
  for (let slot = 0; slot < node.slots; slot++) {
    const across = (down ? size.width : size.height) / 2 + (node.inner ? 0 : slotOffset(slot, node.slots));
    ports.push(inPort(`n:${node.id}/${slot}`, direction, { across }));
  }
  return {
    id: `n:${node.id}`,
    width: size.width,
    height: size.height,
    ports,
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
  };
}

/** @param {string} id @param {Direction} direction @param {{across: number}} where how far along the side it enters by */
const inPort = (id, direction, { across }) => ({
  id,
  ...(direction === "down" ? port("NORTH", across, 0) : port("WEST", 0, across)),
});

/** How far from a node's middle an edge enters its slot. @param {number} slot @param {number} slots */
export const slotOffset = (slot, slots) => (slot - (slots - 1) / 2) * PORT_GAP;

/** Where an edge meets a box whose name stands above it. @param {{height: number, top: number}} size */
export const middle = ({ height, top }) => (height - top === BOX ? NAME + BOX / 2 : top + (height - top) / 2);

/** @param {string} side @param {number} x @param {number} y */
const port = (side, x, y) => ({ x, y, width: 0, height: 0, layoutOptions: { "elk.port.side": side } });

/** @param {string} id @param {string} source @param {string} target @param {Pick<SceneEdge, "value" | "gradient">} carried @param {Direction} direction */
function elkEdge(id, source, target, { value, gradient }, direction) {
  const label = {
    ...labelSize(value, gradient, direction),
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
 * @param {Direction} direction
 * @returns {Placement}
 */
export function placement(answer, scene, direction = "right") {
  const { width, height } = answer;
  /** @type {Placement} */
  const placed = { direction, nodes: new Map(), edges: new Map(), groups: new Map(), width, height };
  const waiting = [...answer.children];
  for (let child = waiting.pop(); child; child = waiting.pop()) {
    const box = { x: child.x, y: child.y, width: child.width, height: child.height };
    if (child.id.startsWith("g:")) {
      placed.groups.set(child.id.slice(2), { ...box, head: 0 });
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
    if (end) reach(points[points.length - 1], end, direction);
    const label = edge.labels?.[0];
    placed.edges.set(key, {
      points,
      label: label ? { x: label.x, y: label.y, width: label.width, height: label.height } : null,
    });
  }
  placeInside(placed, scene);
  placeHeads(placed, scene);
  return placed;
}

/** Let each composite's name stand clear of the lines. @param {Placement} placed @param {Scene} scene */
export function placeHeads(placed, scene) {
  for (const { id, name } of scene.groups) {
    const frame = placed.groups.get(id);
    if (frame) frame.head = headOf(frame, name, placed.edges);
  }
}

/** Constants stand in the circle of their op; the edge between them has no length. @param {Placement} placed @param {Scene} scene */
export function placeInside(placed, scene) {
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

/** Let an edge that ends at a circle's bounding box end on the circle. @param {Point} point @param {Box} box @param {Direction} direction */
export function reach(point, box, direction) {
  if (direction === "down") point.y += cut(point.x - box.x - box.width / 2);
  else point.x += cut(point.y - box.y - box.height / 2);
}

/** How far inside its bounding box a circle begins at a height off its middle. @param {number} offset */
const cut = (offset) => RADIUS - Math.sqrt(Math.max(0, RADIUS ** 2 - offset ** 2));

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
