import assert from "node:assert/strict";
import { test } from "node:test";
import { latestOnly } from "../../../static/js/training/digit/latest.js";

test("one question at a time, and of those that wait only the newest", async () => {
  /** @type {number[]} */
  const asked = [];
  /** @type {number[]} */
  const answered = [];
  /** @type {(() => void)[]} */
  const open = [];
  const ask = latestOnly(
    (/** @type {number} */ question) => {
      asked.push(question);
      return new Promise((resolve) => open.push(() => resolve(question)));
    },
    (answer) => answered.push(answer),
    (error) => assert.fail(String(error)),
  );
  for (const question of [1, 2, 3]) ask(question);
  assert.deepEqual(asked, [1]);
  open[0]();
  await new Promise(setImmediate);
  assert.deepEqual(asked, [1, 3]);
  assert.deepEqual(answered, []);
  open[1]();
  await new Promise(setImmediate);
  assert.deepEqual(answered, [3]);
});

test("a refused question is told, and the next one is asked", async () => {
  /** @type {unknown[]} */
  const errors = [];
  const ask = latestOnly(
    (/** @type {number} */ question) => Promise.reject(new Error(String(question))),
    (answer) => assert.fail(String(answer)),
    (error) => errors.push(error),
  );
  ask(1);
  await new Promise(setImmediate);
  ask(2);
  await new Promise(setImmediate);
  assert.equal(errors.length, 2);
});
