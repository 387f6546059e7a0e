import assert from "node:assert/strict";
import { test } from "node:test";
import { createOpening } from "../../../static/js/graph/keep/opening.js";

/** @type {(id: string) => any} */
const graph = (id) => ({ nodes: [{ id, op: "input", value: 1 }], output: id });

/**
 * Openings whose answers come when the test says so.
 *
 * @param {Record<string, any>} [kept] documents kept in the browser, by key
 */
function openings(kept = {}) {
  /** @type {any[]} */
  const told = [];
  /** @type {Record<string, () => void>} */
  const answers = {};
  /** @type {(() => boolean)[]} */
  const wanted = [];
  globalThis.fetch = async (path) => {
    const name = /** @type {string} */ (String(path).split("/").at(-1));
    await new Promise((resolve) => {
      answers[name] = () => resolve(undefined);
    });
    return new Response(JSON.stringify(graph(name)));
  };
  /** @type {any} */
  const needs = {
    dispatch: (/** @type {any} */ event) => told.push(event.document?.output ?? event.type),
    attempt: (/** @type {() => Promise<void>} */ call, /** @type {() => boolean} */ still) => {
      wanted.push(still);
      return call();
    },
    copies: { get: (/** @type {string} */ key) => kept[key] && { document: kept[key] } },
    flush() {
      told.push("flush");
      if (kept.waiting) kept["book:dot"] = kept.waiting;
    },
  };
  return { effects: createOpening(needs), told, answers, wanted };
}

test("of two graphs the one that was asked for last opens, though its answer comes first", async (context) => {
  const { fetch } = globalThis;
  context.after(() => Object.assign(globalThis, { fetch }));
  const { effects, told, answers, wanted } = openings();
  const [slow, quick] = ["dot", "relu"].map((slug) => effects["graph/wanted"]({ type: "graph/wanted", slug }));
  assert.deepEqual(
    wanted.map((still) => still()),
    [false, true],
  );
  answers.relu();
  await quick;
  answers.dot();
  await slow;
  assert.deepEqual(told, ["flush", "relu"]);
});

test("what was made of a graph is read once the answer is there, with what is not kept yet", async (context) => {
  const { fetch } = globalThis;
  context.after(() => Object.assign(globalThis, { fetch }));
  const kept = { "book:dot": graph("before"), waiting: graph("after") };
  const { effects, told, answers } = openings(kept);
  const opened = effects["graph/wanted"]({ type: "graph/wanted", slug: "dot" });
  answers.dot();
  await opened;
  assert.deepEqual(told, ["flush", "after"]);
});
