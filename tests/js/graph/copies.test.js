import assert from "node:assert/strict";
import { test } from "node:test";
import { createCopies, isChanged, keyOf } from "../../../static/js/graph/keep/copies.js";

/** A browser's storage, as far as copies use it; with room for so many letters. @param {number} [room] @returns {any} */
function storageOf(room = Number.POSITIVE_INFINITY) {
  /** @type {any} */
  const storage = {};
  const hidden = {
    getItem: (/** @type {string} */ key) => storage[key] ?? null,
    setItem(/** @type {string} */ key, /** @type {string} */ text) {
      if (text.length > room) throw new Error("full");
      storage[key] = text;
    },
    removeItem: (/** @type {string} */ key) => delete storage[key],
  };
  for (const [name, value] of Object.entries(hidden)) Object.defineProperty(storage, name, { value });
  return storage;
}

const GRAPH = { nodes: [{ id: "x", op: "input", value: 3 }], output: "x", title: "three" };

test("a copy is kept under its key, listed, found by its address and dropped", () => {
  const storage = storageOf();
  /** @type {any[]} */
  const told = [];
  const copies = createCopies(
    () => storage,
    (known) => told.push(known),
  );
  assert.equal(copies.put("own:1", { hash: "#graph=ab", document: GRAPH }), true);
  assert.deepEqual(copies.get("own:1")?.document, GRAPH);
  assert.deepEqual(told.at(-1), { "own:1": { hash: "#graph=ab", name: "three", output: "x" } });
  assert.equal(copies.find("#graph=ab"), "own:1");
  assert.equal(copies.find("#graph=a"), null);
  copies.drop("own:1");
  assert.equal(copies.get("own:1"), null);
  assert.deepEqual(told.at(-1), {});
});

test("nobody is told what has not changed", () => {
  const storage = storageOf();
  let told = 0;
  const copies = createCopies(
    () => storage,
    () => told++,
  );
  copies.drop("own:1");
  copies.put("own:1", { hash: "", document: GRAPH });
  copies.put("own:1", { hash: "", document: GRAPH });
  copies.read();
  assert.equal(told, 1);
});

test("what another page kept is read, what is no copy is not", () => {
  const storage = storageOf();
  createCopies(
    () => storage,
    () => {},
  ).put("book:relu", { hash: "", document: GRAPH });
  storage.setItem("copy:own:2", "{");
  storage.setItem("theme", "dark");
  /** @type {any} */
  let known;
  createCopies(
    () => storage,
    (all) => {
      known = all;
    },
  ).read();
  assert.deepEqual(Object.keys(known), ["book:relu"]);
});

test("a storage that is full or forbidden says so and breaks nothing", () => {
  const full = createCopies(
    () => storageOf(10),
    () => {},
  );
  assert.equal(full.put("own:1", { hash: "", document: GRAPH }), false);
  const forbidden = createCopies(
    () => {
      throw new Error("forbidden");
    },
    () => {},
  );
  forbidden.read();
  forbidden.drop("own:1");
  assert.equal(forbidden.get("own:1"), null);
  assert.equal(forbidden.find("#graph=ab"), null);
});

test("each place has its key, and a document is changed where it is another one than its place gives", () => {
  assert.equal(keyOf({ slug: "relu" }), "book:relu");
  assert.equal(keyOf({ saved: "12" }), "saved:12");
  assert.equal(keyOf({ run: { id: "7", iteration: null } }), "run:7:");
  assert.equal(isChanged({ document: GRAPH, origin: GRAPH }), false);
  assert.equal(isChanged({ document: { ...GRAPH }, origin: GRAPH }), true);
});
