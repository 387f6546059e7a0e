import assert from "node:assert/strict";
import { test } from "node:test";
import { inLanguage, number, shape } from "../../static/js/format.js";

for (const [value, text] of /** @type {[any, string][]} */ ([
  [715.0000000000001, "715"],
  [3.3000000000000003, "3.3"],
  [0, "0"],
  [-0.5, "-0.5"],
  [1 / 3, "0.333333"],
  [1.23456789e-7, "1.2346e-7"],
  [12345678, "1.2346e7"],
  [1234567, "1234567"],
  [0.05, "0.05"],
  [0.012345678, "0.0123457"],
  ["NaN", "NaN"],
  ["-Infinity", "-∞"],
])) {
  test(`writes ${value} as ${text}`, () => assert.equal(number(value), text));
}

test("shapes as NumPy writes them", () => {
  assert.deepEqual([shape([]), shape([3]), shape([2, 3])], ["()", "(3,)", "(2, 3)"]);
});

test("a text in a language it lacks is the English one", () => {
  assert.equal(inLanguage({ en: "tax", zh: "消费税" }, "ja"), "tax");
  assert.equal(inLanguage({ en: "tax", zh: "消费税" }, "zh"), "消费税");
});
