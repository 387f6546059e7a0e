import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemError, UnreachableError } from "../../../static/js/api.js";
import { createEvaluator } from "../../../static/js/graph/evaluator.js";
import { reduce } from "../../../static/js/graph/reduce.js";
import { createStore } from "../../../static/js/store.js";
import { apples, evaluated, stateOf } from "./apples.js";

/** A server whose answers the test gives. */
function rig() {
  /** @type {{body: any, resolve: (answer: any) => void, reject: (error: Error) => void}[]} */
  const calls = [];
  /** @type {(() => void)[]} */
  const timers = [];
  const store = createStore(reduce, stateOf(apples, null));
  const follow = createEvaluator({
    evaluate: (body) => new Promise((resolve, reject) => calls.push({ body, resolve, reject })),
    dispatch: store.dispatch,
    later: (call) => timers.push(call),
  });
  store.subscribe(follow);
  follow(store.state);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { calls, timers, store, settle };
}

/** @param {any} call */
const appleIn = (call) => call.body.graph.nodes[0].value;

test("one request in flight, then the latest", async () => {
  const { calls, store, settle } = rig();
  for (const value of [101, 102, 103]) store.dispatch({ type: "value/edited", node: "apple", value });
  assert.equal(calls.length, 1);
  calls[0].resolve(evaluated);
  await settle();
  assert.deepEqual(calls.map(appleIn), [100, 103]);
  calls[1].resolve(evaluated);
  await settle();
  assert.equal(calls.length, 2);
  assert.equal(store.state.evaluation?.revision, store.state.revision);
});

test("a server that is away is asked again, and nothing is lost", async () => {
  const { calls, timers, store, settle } = rig();
  calls[0].reject(new UnreachableError("away"));
  await settle();
  assert.equal(store.state.online, false);
  store.dispatch({ type: "value/edited", node: "apple", value: 120 });
  assert.equal(calls.length, 1);
  timers[0]();
  assert.equal(appleIn(calls[1]), 120);
  calls[1].resolve(evaluated);
  await settle();
  assert.equal(store.state.online, true);
});

test("a refusal is a problem, and the next edit is asked again", async () => {
  const { calls, store, settle } = rig();
  calls[0].reject(new ProblemError({ title: "no", detail: "shapes (2,) and (3,)" }));
  await settle();
  assert.equal(store.state.problem?.detail, "shapes (2,) and (3,)");
  store.dispatch({ type: "value/edited", node: "apple", value: 1 });
  assert.equal(calls.length, 2);
});
