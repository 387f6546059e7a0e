import assert from "node:assert/strict";
import { test } from "node:test";
import { gradeOf, summary } from "../../../static/js/graph/check/grade.js";

/** @param {number | "NaN"} error @param {any} [backprop] */
const checked = (error, backprop = 1) => ({ backprop, numerical: 1, mean_abs_diff: 0, max_rel_error: error });
/** @param {Record<string, any>} inputs @param {any[]} kinks @param {Record<string, any>} [nodes] @returns {any} */
const result = (inputs, kinks = [], nodes) => ({ inputs, nodes, kinks, forward_passes: 2, seconds: {}, question: "" });

test("errors are graded by their size", () => {
  const found = result({ a: checked(1e-10), b: checked(1e-4), c: checked(0.3), d: checked("NaN") });
  assert.deepEqual(
    ["a", "b", "c", "d"].map((node) => gradeOf(found, node)?.grade),
    ["good", "doubtful", "bad", "bad"],
  );
  assert.equal(gradeOf(found, "elsewhere"), null);
  assert.equal(gradeOf(null, "a"), null);
});

test("a node of which every number stands on a kink is told apart from one that agrees", () => {
  const kink = { node: "y", input: "x", index: [0] };
  assert.equal(gradeOf(result({ x: checked(0, [1]) }, [kink]), "x")?.grade, "kink");
  assert.equal(gradeOf(result({ x: checked(0, [1, 2]) }, [kink]), "x")?.grade, "good");
});

test("the summary names the worst node", () => {
  const found = summary(result({ a: checked(1e-10) }, [], { b: checked(0.5), c: checked(1e-9) }));
  assert.deepEqual(found.worst, { node: "b", error: 0.5 });
  assert.equal(found.agree, false);
  assert.equal(found.counts.good, 2);
});
