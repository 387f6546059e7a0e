import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf, matching } from "../../../../static/js/graph/edit/catalogue.js";
import { marked } from "../../../../static/js/graph/edit/mark.js";
import { nearest, portsOf } from "../../../../static/js/graph/edit/port.js";
import { editReducers, noFormula } from "../../../../static/js/graph/edit/reduce.js";
import { startValue } from "../../../../static/js/graph/edit/start.js";
import { reduce } from "../../../../static/js/graph/reduce.js";

/** @param {string} name @param {string} symbol @param {string} family @returns {any} */
const op = (name, symbol, family) => ({ name, symbol, family, slots: ["x", "y"] });

const OPS = {
  sigmoid: op("sigmoid", "σ", "activation"),
  softmax: op("softmax", "softmax", "loss"),
  softmax_with_loss: op("softmax_with_loss", "Softmax-Loss", "loss"),
  mul: op("mul", "×", "arithmetic"),
  pow: op("pow", "xʸ", "arithmetic"),
};
const entries = entriesOf(OPS, (text) => text);
/** @param {string} text */
const keys = (text) => matching(entries, text, (t) => t).map(({ key }) => key);

test("all there is stands in families, numbers first", () => {
  assert.deepEqual(
    entries.map(({ key }) => key),
    ["input", "constant", "mul", "pow", "sigmoid", "softmax", "softmax_with_loss"],
  );
});

test("an op is found by its name, its sign, its beginning and its words", () => {
  assert.equal(keys("*")[0], "mul");
  assert.equal(keys("×")[0], "mul");
  assert.equal(keys("**")[0], "pow");
  assert.equal(keys("sig")[0], "sigmoid");
  assert.deepEqual(keys("soft").slice(0, 2), ["softmax", "softmax_with_loss"]);
  assert.ok(keys("loss").includes("softmax_with_loss"));
});

test("a number is a constant, a new name an input; neither where a value is led somewhere", () => {
  assert.deepEqual(matching(entries, "3.5", (t) => t)[0].choice, { op: "constant", value: 3.5 });
  assert.deepEqual(matching(entries, "speed", (t) => t).at(-1)?.choice, { op: "input", name: "speed" });
  assert.deepEqual(matching(entries, "3.5", null), []);
});

test("a text is marked at the word that is wrong, or where it has ended", () => {
  const wrong = (/** @type {string} */ text, /** @type {number} */ line, /** @type {number} */ column) =>
    marked(text, { line, column }).find((piece) => piece.wrong)?.text;
  assert.equal(wrong("x = 1\ny = foo(2)", 2, 5), "foo");
  assert.equal(wrong("y = x +", 1, 8), "+");
  assert.equal(wrong("y = (x", 1, 99), "x");
  assert.equal(
    marked("a = 1\nb = 2", { line: 2, column: 1 })
      .map((piece) => piece.text)
      .join(""),
    "a = 1\nb = 2",
  );
  assert.deepEqual(marked("x", null), [{ text: "x", wrong: false }]);
});

test("ports stand at a node's sides, or above and below it on a phone", () => {
  /** @type {any} */
  const circle = { id: "m", kind: "op", symbol: "×", names: ["m"], slots: 2, inner: null };
  const box = { x: 100, y: 50, width: 48, height: 48 };
  const right = portsOf(circle, box, OPS.mul, "right");
  assert.deepEqual(
    right.map(({ slot }) => slot),
    [0, 1, null],
  );
  assert.deepEqual([right[2].x, right[2].y], [148, 74]);
  assert.ok(right[0].y < right[1].y && right[0].x === right[1].x);
  const down = portsOf(circle, box, OPS.mul, "down");
  assert.deepEqual([down[2].x, down[2].y], [124, 98]);
  assert.equal(nearest(right, { x: 101, y: 64 }, 30)?.slot, 0);
  assert.equal(nearest(right, { x: 300, y: 300 }, 30), null);
});

test("half-typed text is put aside when the graph's own takes its place, not while somebody types", () => {
  /** @type {any} */
  const state = { revision: 3, document: {}, formula: { ...noFormula(), text: "x +", problem: { detail: "no" } } };
  const event = { type: "source/received", revision: 3, source: "x = 1" };
  const aside = editReducers["source/received"](state, event);
  assert.deepEqual([aside.formula.text, aside.formula.kept, aside.source], [null, "x +", "x = 1"]);
  const typing = { ...state, formula: { ...state.formula, typing: true } };
  assert.equal(editReducers["source/received"](typing, event).formula.text, "x +");
  assert.equal(editReducers["source/received"](state, { ...event, revision: 2 }), state);
});

test("text remembers what it was written from, while it is typed and once it is read", () => {
  const [first, second] = [{ nodes: [] }, { nodes: [] }];
  /** @type {any} */
  const start = { written: first, formula: noFormula() };
  const typed = editReducers["formula/typed"](start, { type: "formula/typed", text: "x" });
  assert.equal(typed.formula.base, first);
  const later = { ...typed, written: /** @type {any} */ (second) };
  assert.equal(editReducers["formula/typed"](later, { type: "formula/typed", text: "xy" }).formula.base, first);
  const read = { type: "formula/read", text: "x", document: second, places: {} };
  assert.equal(editReducers["formula/read"](later, read).formula.base, second);
});

test("text that was read leaves the field with the hand, though the drawing has other numbers since", () => {
  /** @type {any} */
  const state = { source: "x = 30", formula: { ...noFormula(), text: "x = 1", typing: true } };
  const left = (/** @type {string | null} */ read) =>
    editReducers["formula/left"]({ ...state, formula: { ...state.formula, read } }, { type: "formula/left" }).formula;
  assert.equal(left("x = 1").text, null);
  assert.equal(left(null).text, "x = 1");
});

test("an undo takes back what was typed and is not read yet, and keeps it at hand", () => {
  /** @type {any} */
  const state = {
    formula: { ...noFormula(), text: "x = 2", read: "x = 1" },
    history: { past: [], future: [], gesture: null },
  };
  const { text, kept } = reduce(state, { type: "history/undone" }).formula;
  assert.deepEqual([text, kept], [null, "x = 2"]);
  const seen = { ...state, formula: { ...state.formula, read: "x = 2" } };
  assert.equal(reduce(seen, { type: "history/undone" }).formula, seen.formula);
});

test("several are chosen one by one and taken away again", () => {
  /** @type {any} */
  const state = { selection: [], shown: { node: "a" } };
  const two = editReducers["selection/toggled"](state, { type: "selection/toggled", node: "b" });
  assert.deepEqual(two.selection, ["a", "b"]);
  const one = editReducers["selection/toggled"](two, { type: "selection/toggled", node: "b" });
  assert.deepEqual([one.selection, one.shown.node], [["a"], "a"]);
});

test("what a new layer starts with fits the batch that is wired to it", () => {
  /** @type {any} */
  const affine = { name: "affine", slots: ["x", "W", "b"] };
  assert.equal(/** @type {any[]} */ (startValue(affine, 1, [4, 3])).length, 3);
  assert.deepEqual(startValue(affine, 2, [4, 3]), [0, 0]);
  assert.equal(startValue(OPS.mul, 1, [4, 3]), 1);
});
