import assert from "node:assert/strict";
import { test } from "node:test";
import { createAttempt } from "../../../../static/js/graph/attempt.js";
import { createEditEffects } from "../../../../static/js/graph/edit/effects.js";
import { reduce } from "../../../../static/js/graph/reduce.js";
import { createStore } from "../../../../static/js/store.js";
import { apples, evaluated, square, squared, stateOf } from "../apples.js";

/** Building on the apples' graph, with a server whose answers the test gives. @param {import("node:test").TestContext} context */
function rig({ mock }) {
  /** @type {{body: any, answer: (body: any) => void, fail: () => void}[]} */
  const calls = [];
  mock.method(globalThis, "fetch", (/** @type {string} */ _path, /** @type {any} */ { body }) => {
    return new Promise((resolve, reject) => {
      const answer = (/** @type {any} */ given) => resolve(Response.json(given));
      calls.push({ body: JSON.parse(body), answer, fail: () => reject(new TypeError("Failed to fetch")) });
    });
  });
  /** @type {(() => void)[]} */
  const timers = [];
  const store = createStore(reduce, stateOf(apples, evaluated));
  const effects = createEditEffects({
    dispatch,
    state: () => store.state,
    attempt: createAttempt(dispatch, (call) => timers.push(call)),
    focus: () => {},
    released: async () => {},
  });
  function dispatch(/** @type {any} */ event) {
    if (effects[event.type]) effects[event.type](event);
    else store.dispatch(event);
  }
  /** @param {string} text */
  function type(text) {
    dispatch({ type: "formula/typed", text });
    dispatch({ type: "formula/rested", text });
  }
  async function settle() {
    await new Promise((resolve) => setImmediate(resolve));
  }
  async function retry() {
    for (const call of timers.splice(0)) call();
    await settle();
  }
  const ids = () => store.state.document?.nodes.map((node) => node.id);
  return { calls, dispatch, ids, retry, settle, store, type };
}

/** The apples' graph and one node more, as the server reads it. @param {string} id */
const read = (id) => ({
  graph: { nodes: [...apples.nodes, { id, op: "mul", inputs: ["price", "tax"] }], output: id },
  names: {},
  places: {},
});

test("a formula typed while the server is away is read when it is back", async (context) => {
  const { calls, ids, retry, settle, store, type } = rig(context);
  type("d = price * tax");
  calls[0].fail();
  await settle();
  assert.equal(store.state.online, false);
  type("e = price * tax");
  calls[1].fail();
  await settle();
  await retry();
  assert.equal(store.state.online, false, "the text that is no longer asked for tells nothing of the server");
  assert.deepEqual(
    calls.slice(2).map(({ body }) => body.source),
    ["e = price * tax"],
  );
  calls[2].answer(read("e"));
  await settle();
  assert.equal(ids()?.at(-1), "e");
  assert.equal(store.state.online, true);
});

test("what is built while the server is away is not undone by the formula that waits", async (context) => {
  const { calls, dispatch, ids, retry, settle, type } = rig(context);
  type("d = price * tax");
  calls[0].fail();
  await settle();
  dispatch({ type: "node/chosen", node: "price" });
  dispatch({ type: "selection/removed" });
  await retry();
  calls[1]?.answer(read("d"));
  await settle();
  assert.deepEqual(ids(), ["apple", "apple_num", "tax", "apple_price"]);
});

test("what is pasted goes to the graph it was pasted to, or nowhere", async (context) => {
  const { calls, dispatch, ids, settle } = rig(context);
  const text = JSON.stringify(square);
  dispatch({ type: "graph/pasted", text });
  calls[0].answer(squared);
  await settle();
  assert.deepEqual(ids()?.slice(5), ["x", "y"]);
  dispatch({ type: "graph/pasted", text });
  dispatch({ type: "document/opened", document: apples });
  calls[1].answer(squared);
  await settle();
  assert.deepEqual(ids(), evaluated.order);
});

test("what is deleted while a formula is read is not deleted in a graph opened meanwhile", async (context) => {
  const { calls, dispatch, ids, settle, type } = rig(context);
  type("d = price * tax");
  dispatch({ type: "node/chosen", node: "price" });
  dispatch({ type: "selection/removed" });
  dispatch({ type: "document/opened", document: apples });
  calls[0].answer(read("d"));
  await settle();
  assert.deepEqual(ids(), evaluated.order);
});
