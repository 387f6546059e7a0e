import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeNumbers, viewOf } from "../../../static/js/graph/view.js";
import { apples, evaluated, square } from "./apples.js";

const grouped = {
  ...apples,
  groups: [
    { id: "bill", op: "bill", nodes: ["apple_price", "price"], collapsed: true, inputs: ["apple", "apple_num", "tax"] },
  ],
};

test("a value in two slots is two edges", () => {
  assert.deepEqual(
    viewOf(square).edges.map((edge) => edge.key),
    ["x:y:0", "x:y:1"],
  );
});

test("a closed group is one node under the id of the value that leaves it", () => {
  const view = viewOf(grouped);
  assert.deepEqual(view.nodes.map((node) => [node.id, node.kind]).at(-1), ["price", "group"]);
  assert.deepEqual(
    view.edges.map((edge) => edge.key),
    ["apple:price:0", "apple_num:price:1", "tax:price:2"],
  );
  assert.equal(view.output, "price");
});

test("an open group is a frame around its nodes", () => {
  const view = viewOf({ ...grouped, groups: [{ ...grouped.groups[0], collapsed: false }] });
  assert.deepEqual(
    view.groups.map((group) => group.id),
    ["bill"],
  );
  assert.deepEqual(
    view.nodes.filter((node) => node.parent === "bill").map((node) => node.id),
    ["apple_price", "price"],
  );
});

test("a group in a closed group is not drawn", () => {
  const inner = { id: "inner", op: "inner", nodes: ["apple_price"] };
  const view = viewOf({ ...grouped, groups: [inner, ...grouped.groups] });
  assert.deepEqual(view.groups, []);
  assert.equal(view.nodes.length, 4);
});

test("a closed group in an open one stands in its frame", () => {
  const inner = { id: "inner", op: "inner", nodes: ["apple_price"], collapsed: true };
  const view = viewOf({ ...grouped, groups: [{ ...grouped.groups[0], collapsed: false }, inner] });
  assert.deepEqual(
    view.groups.map((group) => group.id),
    ["bill"],
  );
  assert.equal(view.nodes.find((node) => node.id === "apple_price")?.parent, "bill");
});

test("nested open groups know which one is around them", () => {
  const inner = { id: "inner", op: "inner", nodes: ["apple_price"] };
  const view = viewOf({ ...grouped, groups: [{ ...grouped.groups[0], collapsed: false }, inner] });
  assert.equal(view.groups.find((group) => group.id === "inner")?.parent, "bill");
});

test("an edge into a closed group has no local derivative: the one inside is not the group's", () => {
  const document = { ...square, groups: [{ id: "g", op: "square", nodes: ["y"], collapsed: true }] };
  const edges = [{ source: "x", target: "y", slot: 0, value: 3, local: 3, gradient: 3 }];
  const edge = viewOf(document).edges[0];
  assert.equal(edgeNumbers({ ...evaluated, revision: 1, edges }, edge)?.local, null);
  const open = { ...document, groups: [{ ...document.groups[0], collapsed: false }] };
  assert.equal(edgeNumbers({ ...evaluated, revision: 1, edges }, viewOf(open).edges[0])?.local, 3);
});

test("a folded edge carries the sum of the gradients it stands for", () => {
  const document = { ...square, groups: [{ id: "g", op: "square", nodes: ["y"], collapsed: true }] };
  const evaluation = {
    ...evaluated,
    revision: 1,
    edges: [
      { source: "x", target: "y", slot: 0, value: 3, local: 3, gradient: 3 },
      { source: "x", target: "y", slot: 1, value: 3, local: 3, gradient: 4 },
    ],
  };
  const view = viewOf(document);
  assert.equal(view.edges.length, 1);
  assert.equal(edgeNumbers(evaluation, view.edges[0])?.gradient, 7);
});
