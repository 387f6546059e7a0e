import assert from "node:assert/strict";
import { test } from "node:test";
import { layered } from "../../../static/js/graph/layered.js";

/** A lattice: each node of a level takes two of the level before. @param {number} levels @param {number} width */
function lattice(levels, width) {
  const items = [];
  const links = [];
  for (let level = 0; level < levels; level++) {
    for (let i = 0; i < width; i++) {
      const id = `${level}.${i}`;
      items.push({ id, width: 48, height: 48, out: 24, slots: [15, 33] });
      if (level === 0) continue;
      for (const slot of [0, 1]) {
        const source = `${level - 1}.${(i + slot) % width}`;
        links.push({ key: `${source}:${id}:${slot}`, source, target: id, slot, width: 70, height: 40 });
      }
    }
  }
  return { items: items.reverse(), links };
}

/** @param {import("../../../static/js/graph/types").Box} a @param {import("../../../static/js/graph/types").Box} b */
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

test("no node and no label covers another", () => {
  const { items, links } = lattice(6, 5);
  const placed = layered(items, links);
  const labels = [...placed.edges.values()].map((edge) => edge.label).filter((label) => label !== null);
  const boxes = [...placed.nodes.values(), ...labels];
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) assert.ok(!overlap(a, b), JSON.stringify([a, b]));
  });
});

test("every edge goes right, from its source's port into its slot", () => {
  const { items, links } = lattice(4, 3);
  const placed = layered(items, links);
  for (const link of links) {
    const { points } = /** @type {any} */ (placed.edges.get(link.key));
    const source = /** @type {any} */ (placed.nodes.get(link.source));
    const target = /** @type {any} */ (placed.nodes.get(link.target));
    assert.deepEqual(points[0], { x: source.x + 48, y: source.y + 24 });
    assert.ok(Math.abs(points.at(-1).y - target.y - [15, 33][link.slot]) < 1);
    assert.equal(points.at(-1).x, target.x);
    for (let i = 1; i < points.length; i++) assert.ok(points[i].x >= points[i - 1].x);
  }
});

test("a leaf stands right before the first node that uses it", () => {
  const items = ["x", "a", "b", "late"].map((id) => ({ id, width: 48, height: 48, out: 24, slots: [15, 33] }));
  const link = (/** @type {string} */ source, /** @type {string} */ target, slot = 0) => ({
    key: `${source}:${target}:${slot}`,
    source,
    target,
    slot,
    width: 70,
    height: 40,
  });
  const placed = layered(items, [link("x", "a"), link("a", "b"), link("late", "b", 1)]);
  assert.equal(placed.nodes.get("late")?.x, placed.nodes.get("a")?.x);
});
