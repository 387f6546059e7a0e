import assert from "node:assert/strict";
import { test } from "node:test";
import { createKeepEffects } from "../../../static/js/graph/keep/effects.js";
import { keepReducers, nothingKept } from "../../../static/js/graph/keep/reduce.js";

/** @type {(id: string) => any} */
const graph = (id) => ({ nodes: [{ id, op: "input", value: 1 }], output: id });

test("what is saved, though the server is away for a while, is what was on the page", async () => {
  let page = { document: graph("dot"), keep: nothingKept(), copy: "dot", opening: 1, language: "en" };
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const told = [];
  /** @type {(() => Promise<void>)[]} */
  const calls = [];
  const { fetch } = globalThis;
  globalThis.fetch = async (_path, options) => {
    sent.push(JSON.parse(String(options?.body)));
    return new Response(JSON.stringify({ id: "7", name: "mine", document: {} }), { status: 201 });
  };
  try {
    /** @type {any} */
    const needs = {
      dispatch: (/** @type {any} */ event) => told.push(event),
      state: () => page,
      attempt: (/** @type {() => Promise<void>} */ call) => calls.push(call),
      copies: { get: () => ({ document: graph("dot") }) },
    };
    const effects = createKeepEffects(needs);
    for (let press = 0; press < 2; press++) effects["graph/saved"]({ type: "graph/saved", name: "mine", again: false });
    page = { ...page, document: graph("relu"), copy: "relu", opening: 2 };
    for (const call of calls) await call();
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(
    sent.map(({ document }) => document.output),
    ["dot"],
  );
  const [received, dropped] = told;
  assert.deepEqual([received.type, received.from], ["saved/received", { copy: "dot", opening: 1 }]);
  assert.deepEqual(dropped, { type: "copy/dropped", key: "dot" });
});

for (const [what, opening] of /** @type {const} */ ([
  ["opened", 2],
  ["begun", 1],
]))
  test(`a graph that was ${what} while another one was being saved stays where it is`, () => {
    const entry = { id: "7", name: "mine" };
    const document = graph("dot");
    /** @type {any} */
    const state = { document: graph("relu"), copy: "relu", opening, keep: nothingKept() };
    const from = { copy: "dot", opening: 1 };
    const event = { type: "saved/received", entry, document, titled: document, copy: "saved:7", from };
    const next = keepReducers["saved/received"](state, event);
    assert.deepEqual([next.document, next.copy], [state.document, "relu"]);
    assert.deepEqual(next.keep.entries, [entry]);
  });

test("what was made of a graph elsewhere, while it was being saved, is not dropped", async () => {
  /** @type {any[]} */
  const told = [];
  const { fetch } = globalThis;
  globalThis.fetch = async () => new Response(JSON.stringify({ id: "7", name: "mine", document: {} }));
  try {
    /** @type {any} */
    const needs = {
      dispatch: (/** @type {any} */ event) => told.push(event.type),
      state: () => ({ document: graph("dot"), keep: nothingKept(), copy: "dot", opening: 1 }),
      attempt: (/** @type {() => Promise<void>} */ call) => call(),
      copies: { get: () => ({ document: graph("later") }) },
    };
    await createKeepEffects(needs)["graph/saved"]({ type: "graph/saved", name: "mine", again: false });
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(told, ["saved/received"]);
});
