import assert from "node:assert/strict";
import { test } from "node:test";
import { later } from "../../../static/js/graph/later.js";

/** A panel that comes when it is let, and what it was drawn with. */
function rig() {
  /** @type {string[]} */
  const drawn = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  const trips = { asked: 0, away: false, missed: 0 };
  const load = async () => {
    trips.asked += 1;
    if (trips.away) throw new TypeError("Failed to fetch dynamically imported module");
    return { render: (/** @type {any} */ state) => drawn.push(state.name) };
  };
  const missing = () => {
    trips.missed += 1;
  };
  const draw = later(load, missing, (call) => waiting.push(call));
  const show = (/** @type {string} */ name, document = {}) => draw(/** @type {any} */ ({ name, document }));
  async function idle() {
    for (const call of waiting.splice(0)) call();
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { drawn, trips, draw, show, idle };
}

test("a panel comes once there is a graph, begins with the latest state and follows every other", async () => {
  const { drawn, trips, draw, show, idle } = rig();
  draw(/** @type {any} */ ({ name: "no graph", document: null }));
  await idle();
  assert.equal(trips.asked, 0);
  show("first");
  show("second");
  await idle();
  assert.deepEqual(drawn, ["second"]);
  show("third");
  assert.deepEqual(drawn, ["second", "third"]);
  assert.equal(trips.asked, 1);
});

test("a panel that cannot come is said to be missing, once", async () => {
  const { drawn, trips, show, idle } = rig();
  trips.away = true;
  show("away");
  await idle();
  trips.away = false;
  show("back");
  await idle();
  assert.deepEqual(drawn, []);
  assert.equal(trips.asked, 1);
  assert.equal(trips.missed, 1);
});
