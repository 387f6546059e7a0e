import assert from "node:assert/strict";
import { test } from "node:test";
import { ProblemError, UnreachableError } from "../../../static/js/api.js";
import { createAttempt } from "../../../static/js/graph/attempt.js";

test("a wish that is no longer wanted is not repeated, and its refusal not shown", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const told = [];
  const attempt = createAttempt((event) => told.push(event.type));
  let wanted = true;
  let calls = 0;
  const call = async () => {
    calls += 1;
    throw calls < 3 ? new UnreachableError() : new ProblemError({ title: "no", detail: "no" });
  };
  await attempt(call, () => wanted);
  context.mock.timers.tick(1000);
  await Promise.resolve();
  assert.deepEqual([calls, told], [2, ["server/lost", "server/lost"]]);
  wanted = false;
  context.mock.timers.tick(1000);
  assert.equal(calls, 2);
  await attempt(call, () => wanted);
  assert.deepEqual([calls, told.length], [3, 2]);
});
