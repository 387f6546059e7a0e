import assert from "node:assert/strict";
import { test } from "node:test";
import { added, addedLeaf, emptyDocument } from "../../../../static/js/graph/edit/add.js";
import { adopted, caughtUp } from "../../../../static/js/graph/edit/adopt.js";
import { attributeText, readAttribute, withAttribute } from "../../../../static/js/graph/edit/attribute.js";
import { faultOf, holesOf, mended } from "../../../../static/js/graph/edit/fault.js";
import { freeId, idFrom } from "../../../../static/js/graph/edit/name.js";
import { endOf, leadsTo, tidied } from "../../../../static/js/graph/edit/order.js";
import { copied, duplicated, pasted } from "../../../../static/js/graph/edit/paste.js";
import { removed } from "../../../../static/js/graph/edit/remove.js";
import { renamed } from "../../../../static/js/graph/edit/rename.js";
import { endsOf, unwired, wired } from "../../../../static/js/graph/edit/wire.js";

/** @type {any} */
const OPS = {
  add: { name: "add", slots: ["x", "y"] },
  mul: { name: "mul", slots: ["x", "y"] },
  exp: { name: "exp", slots: ["x"] },
  matmul: { name: "matmul", slots: ["x", "y"] },
  concat: { name: "concat", slots: ["x"], variadic: true },
};

/** price = apple * count * tax, as the book has it. */
const shop = () => ({
  nodes: [
    { id: "apple", op: "input", value: 100, label: { en: "apple price" } },
    { id: "count", op: "input", value: 2 },
    { id: "tax", op: "input", value: 1.1 },
    { id: "apples", op: "mul", inputs: ["apple", "count"] },
    { id: "price", op: "mul", inputs: ["apples", "tax"] },
  ],
  output: "price",
});

/** @param {import("../../../../static/js/graph/types").GraphDocument} document @param {string} id */
const nodeIn = (document, id) => /** @type {any} */ (document.nodes.find((node) => node.id === id));
/** @param {import("../../../../static/js/graph/types").GraphDocument} document */
const ids = (document) => document.nodes.map((node) => node.id);

test("a name becomes an id that a formula can hold", () => {
  assert.equal(idFrom("pear price"), "pear_price");
  assert.equal(idFrom("2nd"), "_2nd");
  assert.equal(idFrom("lambda"), "lambda_");
  assert.equal(idFrom("りんご"), "りんご");
  assert.equal(idFrom(" +! "), "");
  assert.equal(freeId(["x", "x_2"], "x"), "x_3");
  assert.equal(freeId(["x_2"], "x_2"), "x_3");
});

test("an op on an empty page brings its inputs and is the output", () => {
  const { document, node } = added(emptyDocument(), OPS.mul, null);
  assert.deepEqual(ids(document), ["x", "y", "mul"]);
  assert.deepEqual(nodeIn(document, "mul").inputs, ["x", "y"]);
  assert.equal(nodeIn(document, "y").value, 1);
  assert.equal(document.output, node);
});

test("an op after the output goes on from it; after another node it leaves the output alone", () => {
  const before = shop();
  const after = added(before, OPS.exp, "price");
  assert.deepEqual([after.document.output, nodeIn(after.document, "exp").inputs], ["exp", ["price"]]);
  assert.equal(added(before, OPS.exp, "tax").document.output, "price");
  assert.deepEqual(before, shop());
});

test("the other slots of a new op fit what is wired to the first", () => {
  const start = addedLeaf(emptyDocument(), "input", "w", [[1, 2, 3]]);
  const { document, node } = added(start.document, OPS.matmul, "w", [1, 3]);
  assert.equal(nodeIn(document, nodeIn(document, node).inputs[1]).value.length, 3);
});

test("a wire takes the place of the untouched number that was there", () => {
  const { document } = added(shop(), OPS.add, null);
  const next = wired(document, "price", [{ target: "add", slot: 0 }]);
  assert.deepEqual(nodeIn(next, "add").inputs, ["price", "y"]);
  assert.ok(!ids(next).includes("x"));
  assert.equal(next.output, "add");
});

test("a wire does not throw away a number that somebody gave a value", () => {
  const next = wired(shop(), "count", [{ target: "price", slot: 1 }]);
  assert.ok(ids(next).includes("tax"));
  assert.equal(next.output, "price");
});

test("a wire back closes a circle, which is a fault of the graph and not of the page", () => {
  const next = wired(shop(), "price", [{ target: "apples", slot: 0 }]);
  const fault = faultOf(next, OPS);
  assert.equal(fault?.kind, "circle");
  assert.ok(fault?.kind === "circle" && fault.through.includes("price"));
  assert.equal(next.output, "price");
});

test("a slot that is left free is a fault; the value that came in mends it", () => {
  const open = unwired(shop(), [{ target: "price", slot: 0 }]);
  assert.deepEqual(faultOf(open, OPS), { kind: "missing", node: "price", slot: 0 });
  /** @type {any} */
  const evaluation = { edges: [{ source: "apples", target: "price", slot: 0, value: 200 }] };
  const whole = mended(open, OPS, evaluation);
  assert.equal(faultOf(whole, OPS), null);
  const [fresh] = nodeIn(whole, "price").inputs;
  assert.equal(nodeIn(whole, fresh).value, 200);
});

test("an op with any number of inputs needs one", () => {
  const document = { nodes: [{ id: "c", op: "concat", inputs: [] }], output: "c" };
  assert.deepEqual(holesOf(document, OPS), [{ node: "c", slot: 0 }]);
});

test("what is removed leaves its slots free, and the output moves back", () => {
  const without = removed(shop(), ["apple"]);
  assert.deepEqual(nodeIn(without, "apples").inputs, ["", "count"]);
  const shorter = removed(shop(), ["price"]);
  assert.equal(shorter.output, "apples");
  assert.equal(faultOf(shorter, OPS), null);
  assert.deepEqual(removed(shop(), ids(shop())), emptyDocument());
});

test("a new name is known everywhere; one that is taken or says nothing is refused", () => {
  const after = renamed(shop(), "apple", "pear price");
  assert.ok("document" in after);
  assert.deepEqual(nodeIn(after.document, "apples").inputs, ["pear_price", "count"]);
  assert.equal(nodeIn(after.document, "pear_price").label, "pear price");
  const plain = renamed(shop(), "price", "z");
  assert.ok("document" in plain && plain.document.output === "z" && !nodeIn(plain.document, "z").label);
  assert.deepEqual(renamed(shop(), "apple", "tax"), { refused: "taken" });
  assert.deepEqual(renamed(shop(), "apple", " "), { refused: "empty" });
});

test("a copy stands on its own: what came from outside keeps its value", () => {
  const part = copied(shop(), ["price"], () => 200);
  assert.deepEqual(ids(part), ["tax", "apples", "price"]);
  assert.deepEqual(nodeIn(part, "apples"), { id: "apples", op: "input", value: 200 });
  assert.equal(part.output, "price");
  assert.equal(faultOf(part, OPS), null);
});

test("what is pasted gets free ids and leaves the rest as it was", () => {
  const { document, nodes } = pasted(shop(), shop());
  assert.equal(document.nodes.length, 10);
  assert.equal(new Set(ids(document)).size, 10);
  assert.equal(document.output, "price");
  assert.deepEqual(nodeIn(document, "price_2").inputs, ["apples_2", "tax_2"]);
  assert.equal(nodes.length, 5);
  assert.equal(pasted(emptyDocument(), shop()).document.output, "price");
});

test("a duplicate is fed by what fed the first", () => {
  const { document, nodes } = duplicated(shop(), ["price"]);
  assert.deepEqual(nodes, ["price_2"]);
  assert.deepEqual(nodeIn(document, "price_2").inputs, ["apples", "tax"]);
});

test("a group that is edited inside is a group no more; wired from outside it stays", () => {
  const document = {
    ...shop(),
    groups: [{ id: "g", op: "pay", nodes: ["apples", "price"], inputs: ["apple", "count", "tax"] }],
  };
  assert.equal(removed(document, ["apples"]).groups, undefined);
  assert.equal(unwired(document, [{ target: "price", slot: 0 }]).groups, undefined);
  const again = added(document, OPS.exp, "tax");
  const next = wired(again.document, again.node, [{ target: "price", slot: 1 }]);
  assert.deepEqual(next.groups?.[0].inputs, ["apple", "count", "exp"]);
});

test("a slot of a closed group is the slots inside it", () => {
  const document = {
    ...shop(),
    groups: [{ id: "g", op: "pay", nodes: ["apples", "price"], inputs: ["apple", "count", "tax"], collapsed: true }],
  };
  assert.deepEqual(endsOf(document, "price", 2), [{ target: "price", slot: 1 }]);
  assert.deepEqual(endsOf(shop(), "price", 0), [{ target: "price", slot: 0 }]);
});

test("the order a reader meets the nodes in is the order of the slots", () => {
  const mixed = { ...shop(), nodes: shop().nodes.reverse() };
  assert.deepEqual(ids(tidied(mixed)), ["apple", "count", "apples", "tax", "price"]);
  assert.ok(leadsTo(shop(), "apple", "price") && !leadsTo(shop(), "price", "apple"));
  assert.equal(endOf(shop(), "count"), "price");
});

test("a text keeps the values of the names it leaves free, and all labels", () => {
  /** @type {any} */
  const parsed = {
    nodes: [
      { id: "apple", op: "input", value: 1 },
      { id: "count", op: "input", value: 5 },
      { id: "price", op: "mul", inputs: ["apple", "count"] },
    ],
    output: "price",
  };
  const next = adopted(parsed, { ...shop(), title: "Shop" }, "count = 5\nprice = apple * count");
  assert.deepEqual(
    next.nodes.map((node) => node.value),
    [100, 5, undefined],
  );
  assert.deepEqual([nodeIn(next, "apple").label, next.title], [{ en: "apple price" }, "Shop"]);
});

test("a number changed on the drawing stays where the text still says the old one", () => {
  /** @type {(x: number, y: number, more?: object[]) => any} */
  const graph = (x, y, more = []) => ({
    nodes: [{ id: "x", op: "input", value: x }, { id: "y", op: "input", value: y }, ...more],
    output: "y",
  });
  const values = (/** @type {any} */ document) => document.nodes.map((/** @type {any} */ node) => node.value);
  const [base, drawn] = [graph(1, 2), graph(30, 40)];
  const said = graph(1, 5, [{ id: "z", op: "input", value: 7 }]);
  assert.deepEqual(values(caughtUp(said, drawn, base)), [30, 5, 7]);
  assert.deepEqual(values(said), [1, 5, 7]);
  for (const [now, from] of [
    [base, base],
    [null, base],
    [drawn, null],
  ])
    assert.equal(caughtUp(said, now, from), said);
});

test("an attribute is read as it is written", () => {
  for (const value of [null, true, false, 2, 0.5, [2, 3], [4]]) {
    assert.deepEqual(readAttribute(attributeText(value)), { value });
  }
  assert.deepEqual(readAttribute("2, -1"), { value: [2, -1] });
  assert.equal(readAttribute("wide"), null);
  const document = { nodes: [{ id: "s", op: "sum", inputs: ["x"], attrs: { axis: null } }], output: "s" };
  assert.deepEqual(nodeIn(withAttribute(document, "s", "axis", 0), "s").attrs, { axis: 0 });
});
