/** @import {Placement} from "./types" */
/** @typedef {{id: string, width: number, height: number, out: number, slots: number[]}} Item a node: its size, and how far down its edges leave and enter */
/** @typedef {{key: string, source: string, target: string, slot: number, width: number, height: number}} Link an edge with the size of its label */
/** @typedef {{id: string, width: number, height: number, layer: number, y: number, out: number, before: {cell: Cell, from: number, to: number}[], after: {cell: Cell, from: number, to: number}[]}} Cell */

/**
 * A layered layout for large graphs, in milliseconds: longest-path layers, each label a cell between two layers of
 * nodes, order by barycentres, heights by least squares.
 */

const GAP = { x: 16, y: 14, pass: 4 };
const SWEEPS = 6;
const TRACK = 3;

/**
 * Lay out a large graph.
 *
 * @param {Item[]} items
 * @param {Link[]} links
 * @returns {Placement}
 */
export function layered(items, links) {
  const levels = levelsOf(items, links);
  /** @type {Cell[][]} */
  const layers = [];
  /** @type {Map<string, Cell>} */
  const cells = new Map();
  /** @param {Omit<Cell, "y" | "before" | "after">} made @returns {Cell} */
  const add = (made) => {
    const cell = { ...made, y: 0, before: [], after: [] };
    while (layers.length <= made.layer) layers.push([]);
    layers[made.layer].push(cell);
    return cell;
  };
  const byId = new Map(items.map((item) => [item.id, item]));
  for (const { id, width, height, out } of items) {
    cells.set(id, add({ id, width, height, out, layer: 2 * (levels.get(id) ?? 0) }));
  }
  /** @type {Map<string, Cell[]>} */
  const routes = new Map();
  for (const link of links) {
    const source = /** @type {Cell} */ (cells.get(link.source));
    const target = /** @type {Cell} */ (cells.get(link.target));
    const label = target.layer - 1;
    const route = [source];
    for (let layer = source.layer + 1; layer < target.layer; layer++) {
      const size = layer === label ? link : { width: 0, height: GAP.pass };
      route.push(add({ id: link.key, width: size.width, height: size.height, out: size.height / 2, layer }));
    }
    route.push(target);
    routes.set(link.key, route);
    join(route, byId.get(link.target)?.slots[link.slot] ?? target.height / 2);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) order(layers, sweep % 2 === 0);
  for (const layer of layers) stack(layer, (cell) => cell.y);
  for (let sweep = 0; sweep < SWEEPS; sweep++) align(layers, sweep % 2 === 0);
  return place(layers, cells, routes, byId, links);
}

/** Each node one level after the last of its sources; a leaf stands right before the first node that uses it. @param {Item[]} items @param {Link[]} links */
function levelsOf(items, links) {
  /** @type {Map<string, number>} */
  const levels = new Map();
  const into = new Map(items.map((item) => [item.id, /** @type {string[]} */ ([])]));
  const users = new Map(items.map((item) => [item.id, /** @type {string[]} */ ([])]));
  for (const { source, target } of links) {
    into.get(target)?.push(source);
    users.get(source)?.push(target);
  }
  const waiting = new Map(items.map(({ id }) => [id, into.get(id)?.length ?? 0]));
  const ready = items.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (const id of ready) {
    levels.set(id, Math.max(0, ...(into.get(id) ?? []).map((source) => (levels.get(source) ?? 0) + 1)));
    for (const user of users.get(id) ?? []) {
      const left = (waiting.get(user) ?? 0) - 1;
      waiting.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  for (const { id } of items) {
    const using = users.get(id) ?? [];
    if (into.get(id)?.length === 0 && using.length > 0) {
      levels.set(id, Math.min(...using.map((user) => levels.get(user) ?? 0)) - 1);
    }
  }
  return levels;
}

/** @param {Cell[]} route @param {number} end how far down the last cell the route enters */
function join(route, end) {
  for (let i = 1; i < route.length; i++) {
    const [a, b] = [route[i - 1], route[i]];
    const to = i === route.length - 1 ? end : b.out;
    a.after.push({ cell: b, from: a.out, to });
    b.before.push({ cell: a, from: a.out, to });
  }
}

/** Order each layer by the middle of its neighbours' places. @param {Cell[][]} layers @param {boolean} forward */
function order(layers, forward) {
  const sequence = forward ? layers : [...layers].reverse();
  for (const layer of layers) number(layer);
  for (const layer of sequence) {
    const wish = new Map(layer.map((cell) => [cell, barycentre(cell, forward)]));
    layer.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
    number(layer);
  }
}

/** @param {Cell[]} layer */
function number(layer) {
  for (const [i, cell] of layer.entries()) cell.y = i;
}

/** @param {Cell} cell @param {boolean} forward */
function barycentre(cell, forward) {
  const near = forward ? cell.before : cell.after;
  if (near.length === 0) return cell.y;
  // The port's place breaks ties between cells that hang on one node.
  return near.reduce((sum, { cell: other, from, to }) => sum + other.y + (forward ? from : to) / 1000, 0) / near.length;
}

/** Move each layer as near as may be to its neighbours. @param {Cell[][]} layers @param {boolean} forward */
function align(layers, forward) {
  for (const layer of forward ? layers : [...layers].reverse()) {
    stack(layer, (cell) => {
      const near = forward ? cell.before : cell.after;
      if (near.length === 0) return cell.y;
      const wishes = near.map(({ cell: other, from, to }) => (forward ? other.y + from - to : other.y + to - from));
      return wishes.reduce((a, b) => a + b, 0) / wishes.length;
    });
  }
}

/**
 * Give the cells of a layer heights that keep their order and distances, nearest to their wishes by least squares:
 * neighbours that would overlap are pooled and share the mean of their wishes.
 *
 * @param {Cell[]} layer
 * @param {(cell: Cell) => number} wish
 */
function stack(layer, wish) {
  /** @type {{sum: number, count: number, cells: {cell: Cell, offset: number}[]}[]} */
  const pools = [];
  let offset = 0;
  for (const cell of layer) {
    pools.push({ sum: wish(cell) - offset, count: 1, cells: [{ cell, offset }] });
    offset += cell.height + (cell.height > GAP.pass ? GAP.y : GAP.pass);
    for (let last = pools.length - 1; last > 0 && mean(pools[last - 1]) > mean(pools[last]); last--) {
      const [pool] = pools.splice(last, 1);
      const above = pools[last - 1];
      above.sum += pool.sum;
      above.count += pool.count;
      above.cells.push(...pool.cells);
    }
  }
  for (const pool of pools) for (const { cell, offset: own } of pool.cells) cell.y = mean(pool) + own;
}

/** @param {{sum: number, count: number}} pool */
const mean = ({ sum, count }) => sum / count;

/**
 * @param {Cell[][]} layers
 * @param {Map<string, Cell>} cells
 * @param {Map<string, Cell[]>} routes
 * @param {Map<string, Item>} items
 * @param {Link[]} links
 * @returns {Placement}
 */
function place(layers, cells, routes, items, links) {
  const top = Math.min(...layers.flat().map((cell) => cell.y));
  const bottom = Math.max(...layers.flat().map((cell) => cell.y + cell.height));
  /** Where each layer begins and ends. @type {{start: number, end: number}[]} */
  const columns = [];
  let x = GAP.x;
  for (const layer of layers) {
    const width = Math.max(...layer.map((cell) => cell.width));
    columns.push({ start: x, end: x + width });
    x += width + 2 * GAP.x + Math.min(24, layer.length * TRACK);
  }
  /** @param {Cell} cell */
  const left = (cell) => (columns[cell.layer].start + columns[cell.layer].end - cell.width) / 2;
  /** @type {Placement} */
  const placed = {
    direction: "right",
    nodes: new Map(),
    edges: new Map(),
    groups: new Map(),
    width: x,
    height: bottom - top + 2 * GAP.y,
  };
  const up = GAP.y - top;
  for (const [id, cell] of cells)
    placed.nodes.set(id, { x: left(cell), y: cell.y + up, width: cell.width, height: cell.height });
  links.forEach((link, track) => {
    const route = /** @type {Cell[]} */ (routes.get(link.key));
    const end = items.get(link.target)?.slots[link.slot] ?? 0;
    const points = [{ x: left(route[0]) + route[0].width, y: route[0].y + up + route[0].out }];
    for (let i = 1; i < route.length; i++) {
      const cell = route[i];
      const y = cell.y + up + (i === route.length - 1 ? end : cell.out);
      const last = points[points.length - 1];
      if (Math.abs(last.y - y) > 0.5) {
        const bend = columns[cell.layer - 1].end + GAP.x + ((track * TRACK) % 24) / 2;
        points.push({ x: bend, y: last.y }, { x: bend, y });
      }
      if (i === route.length - 1) points.push({ x: left(cell), y });
    }
    const label = route[route.length - 2];
    placed.edges.set(link.key, {
      points,
      label: { x: left(label), y: label.y + up, width: label.width, height: label.height },
    });
  });
  return placed;
}
