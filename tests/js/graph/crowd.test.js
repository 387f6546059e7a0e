import assert from "node:assert/strict";
import { test } from "node:test";
import { drawable, MOST } from "../../../static/js/graph/crowd.js";
import { edgeNumbers, viewOf } from "../../../static/js/graph/view.js";
import { apples } from "./apples.js";

/** A chain of negations. @param {number} length @returns {import("../../../static/js/graph/types").GraphDocument} */
function chain(length) {
  const nodes = [{ id: "n0", op: "input", value: 1 }];
  for (let i = 1; i < length; i++) {
    nodes.push(/** @type {any} */ ({ id: `n${i}`, op: "neg", inputs: [`n${i - 1}`] }));
  }
  return { nodes: nodes.reverse(), output: `n${length - 1}` };
}

test("a graph that can be drawn stays as it is", () => {
  assert.equal(drawable(apples), apples);
  const most = chain(MOST);
  assert.equal(drawable(most), most);
});

test("a larger one is folded into closed groups, every node in one, none across the order", () => {
  const document = drawable(chain(5000));
  const view = viewOf(document);
  assert.ok(view.nodes.length <= 60);
  assert.equal(new Set(document.groups?.flatMap((group) => group.nodes)).size, 5000);
  assert.ok(document.groups?.[0].nodes.includes("n0"));
  const place = new Map(view.nodes.map((node, i) => [node.id, i]));
  assert.equal(view.edges.length, view.nodes.length - 1);
  assert.ok(place.size === view.nodes.length);
});

test("where closing the composites is enough, nothing else is folded", () => {
  const long = chain(MOST + 10);
  const nodes = Array.from({ length: 100 }, (_, i) => `n${i + 10}`);
  const document = drawable({ ...long, groups: [{ id: "g", op: "neg", nodes }] });
  assert.deepEqual(
    document.groups?.map(({ id, collapsed }) => [id, collapsed]),
    [["g", true]],
  );
});

test("a line that stands for several values tells no number", () => {
  const view = viewOf({
    nodes: [
      { id: "a", op: "input", value: 1 },
      { id: "b", op: "input", value: 2 },
      { id: "c", op: "add", inputs: ["a", "b"] },
      { id: "d", op: "add", inputs: ["b", "c"] },
      { id: "e", op: "add", inputs: ["a", "d"] },
    ],
    output: "e",
    groups: [
      { id: "left", op: "part", nodes: ["a", "b"], collapsed: true },
      { id: "right", op: "part", nodes: ["c", "d", "e"], collapsed: true },
    ],
  });
  assert.equal(view.edges.length, 1);
  const edges = ["a:c:0", "b:c:1", "b:d:0", "a:e:0"].map((key) => {
    const [source, target, slot] = key.split(":");
    return { source, target, slot: Number(slot), value: 1, local: 1, gradient: 1 };
  });
  const evaluation = { revision: 1, output: "e", order: [], nodes: {}, edges };
  assert.equal(edgeNumbers(evaluation, view.edges[0]), null);
});
