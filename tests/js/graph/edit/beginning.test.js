import assert from "node:assert/strict";
import { test } from "node:test";
import { beginning } from "../../../../static/js/graph/edit/beginning.js";

test("operations begin after the inputs, long arrays included", () => {
  assert.equal(beginning("x = 2\ny = -1.5e-3\nz = x * y"), 2);
  assert.equal(
    beginning("# W\nW = np.array([[1.0, 2.0],\n              [3.0, 4.0]])\nb = [1, 2]\ny = dot(x, W)\nz = y + b"),
    4,
  );
  assert.equal(beginning("z = (x + y)**2"), 0);
  assert.equal(beginning("y = 3 * x"), 0);
  assert.equal(beginning("x = 1\ny = 2"), 0);
});
