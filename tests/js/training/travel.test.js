import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createTravel } from "../../../static/js/training/travel.js";

test("a hidden tab asks for no look of the past, and goes on where it stood once it is seen", async (context) => {
  const tab = Object.assign(new EventTarget(), { hidden: false });
  /** @type {string[]} */
  const asked = [];
  /** @type {any} */
  const room = globalThis;
  room.document = tab;
  context.after(() => Reflect.deleteProperty(room, "document"));
  context.mock.method(globalThis, "fetch", async (/** @type {string} */ address) => {
    asked.push(address);
    tab.hidden = asked.length === 1;
    return new Response(JSON.stringify({ iteration: asked.length, layers: {} }));
  });
  const told = /** @type {any[]} */ ([]);
  const travel = createTravel({ dispatch: (event) => told.push(event), log: () => null, onError: assert.ifError });
  const moments = [1, 2, 3].map((iteration) => ({ iteration, train_accuracy: 1, test_accuracy: 1 }));
  const recalled = travel.recall("r", /** @type {any} */ (moments));
  await wait(50);
  assert.deepEqual(asked, ["/api/runs/r/moments/1"]);
  tab.hidden = false;
  tab.dispatchEvent(new Event("visibilitychange"));
  await recalled;
  assert.equal(asked.length, 3);
  assert.deepEqual(
    told.map(({ iteration }) => iteration),
    [1, 2, 3],
  );
});
