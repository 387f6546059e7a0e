import assert from "node:assert/strict";
import { test } from "node:test";
import { spoken } from "../../../static/js/graph/keep/spoken.js";

test("a picture's words are those of one language", () => {
  const document = {
    title: { en: "Apples", zh: "苹果" },
    nodes: [
      { id: "a", op: "input", value: 3, label: { en: "price", zh: "价格" } },
      { id: "b", op: "neg", inputs: ["a"], label: "mine" },
    ],
    groups: [{ id: "g", op: "neg", nodes: ["b"], label: { en: "part" } }],
    output: "b",
  };
  assert.deepEqual(spoken(document, "zh"), {
    title: "苹果",
    nodes: [
      { id: "a", op: "input", value: 3, label: "价格" },
      { id: "b", op: "neg", inputs: ["a"], label: "mine" },
    ],
    groups: [{ id: "g", op: "neg", nodes: ["b"], label: "part" }],
    output: "b",
  });
});

test("a document without words of its own stays as it is", () => {
  const document = { nodes: [{ id: "a", op: "input", value: 3 }], output: "a" };
  assert.deepEqual(spoken(document, "ja"), document);
});
