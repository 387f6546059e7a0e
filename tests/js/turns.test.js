import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurns } from "../../static/js/turns.js";

test("only the latest turn is the latest, and each row of turns is its own", () => {
  const [takeTurn, takeOther] = [createTurns(), createTurns()];
  const first = takeTurn();
  assert.equal(first(), true);
  const second = takeTurn();
  takeOther();
  assert.deepEqual([first(), second()], [false, true]);
});
