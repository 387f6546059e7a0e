import assert from "node:assert/strict";
import { test } from "node:test";
import { leafShapes, revalued, structureOf } from "../../../static/js/graph/structure.js";
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
