import assert from "node:assert/strict";
import { test } from "node:test";
import { leafShapes, question, revalued, structureOf } from "../../../static/js/graph/structure.js";
import { viewOf } from "../../../static/js/graph/view.js";
import { apples } from "./apples.js";

test("documents that differ in a value alone share their structure, others do not", () => {
  const dearer = revalued(apples, "apple", 120);
  assert.equal(structureOf(dearer), structureOf(apples));
  assert.notEqual(structureOf({ ...apples }), structureOf(apples));
  assert.equal(apples.nodes[0].value, 100);
});

test("their views share the edges and have each its own values", () => {
  const before = viewOf(apples);
  const after = viewOf(revalued(apples, "apple", 120));
  assert.equal(after.edges, before.edges);
  assert.deepEqual([before.nodes[0].node?.value, after.nodes[0].node?.value], [100, 120]);
});

test("an array in place of a number is another set of shapes", () => {
  assert.equal(leafShapes(revalued(apples, "apple", 120)), leafShapes(apples));
  assert.notEqual(leafShapes(revalued(apples, "apple", [1, 2])), leafShapes(apples));
});

test("the server is asked about the first document of a structure, with the inputs that changed", () => {
  assert.deepEqual(question(apples), { graph: apples });
  const dearer = revalued(revalued(apples, "apple", 120), "tax", 1.2);
  const asked = question(dearer);
  assert.equal(asked.graph, apples);
  assert.deepEqual(asked.inputs, { apple: 120, tax: 1.2 });
});

test("a changed constant is no input: the document is sent as it is", () => {
  const doubled = { nodes: [{ id: "two", op: "constant", value: 2 }], output: "two" };
  const tripled = revalued(doubled, "two", 3);
  assert.deepEqual(question(tripled), { graph: tripled });
});
