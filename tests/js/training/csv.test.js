import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "../../../static/js/training/curves/csv.js";

test("csv quotes what it must and leaves missing numbers empty", () => {
  assert.equal(csv(["iteration", "loss, smoothed"], [[0, 1], [2.5]]), 'iteration,"loss, smoothed"\r\n0,2.5\r\n1,\r\n');
});
