import assert from "node:assert/strict";
import { test } from "node:test";
import katex from "katex";
import { resultOf, substituted } from "../../../../static/js/graph/inspector/equation.js";

/** @param {string} text */
const value = (text) => ({ text, kind: /** @type {const} */ ("value") });

test("letters give way to numbers, commands stay", () => {
  const numbers = { x: value("650"), y: value("1.1"), z: value("715") };
  const v = (/** @type {string} */ n) => `\\htmlClass{value}{${n}}`;
  assert.equal(substituted("z = x \\cdot y", numbers), `${v("715")} = ${v("650")} \\cdot ${v("1.1")}`);
  assert.equal(substituted("\\exp x", { x: value("-2"), e: value("9") }), `\\exp ${v("(-2)")}`);
});

test("powers of ten are written as such", () => {
  assert.match(substituted("x", { x: value("1.5e-7") }), /1\.5 \\times 10\^\{-7\}/);
});

test("the result is what stands on the left", () => {
  assert.equal(resultOf("y = \\frac{1}{x}"), "y");
});

test("letters side by side are numbers with a sign between them", () => {
  const v = (/** @type {string} */ n) => `\\htmlClass{value}{${n}}`;
  assert.equal(substituted("2x", { x: value("3") }), `2\\cdot ${v("3")}`);
  assert.equal(
    substituted("y\\,x^{y-1}", { x: value("3"), y: value("2") }),
    `${v("2")}\\,\\cdot ${v("3")}^{${v("2")}-1}`,
  );
  assert.equal(substituted("z \\ln x", { x: value("3"), z: value("9") }), `${v("9")} \\ln ${v("3")}`);
});

test("attributes give way to their numbers too", () => {
  assert.equal(substituted("\\mathit{slope}\\, x", { slope: value("0.01") }), "\\htmlClass{value}{0.01}\\, x");
});

test("a number may stand in a power, and as its base", () => {
  const v = (/** @type {string} */ n) => `\\htmlClass{value}{${n}}`;
  const power = substituted("y = e^x", { x: value("1"), y: value("2.71828") });
  assert.equal(power, `${v("2.71828")} = e^{${v("1")}}`);
  katex.renderToString(power, { trust: true, strict: false, throwOnError: true });
  assert.equal(substituted("x^2", { x: value("1e-7") }), `${v("(1 \\times 10^{-7})")}^2`);
  assert.equal(substituted("x^2", { x: value("3") }), `${v("3")}^2`);
});
