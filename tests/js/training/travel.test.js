import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { createTravel } from "../../../static/js/training/travel.js";

/** @param {number} count @returns {any[]} */
const momentsOf = (count) =>
  Array.from({ length: count }, (_, k) => ({ iteration: k + 1, epoch: null, loss: 1, test_accuracy: 1 }));

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
  const recalled = travel.recall("r", momentsOf(3));
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

test("new moments leave the looks of the past their way, another run ends it", async (context) => {
  const tab = Object.assign(new EventTarget(), { hidden: false });
  /** @type {any} */
  const room = globalThis;
  room.document = tab;
  context.after(() => Reflect.deleteProperty(room, "document"));
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const asked = [];
  /** @type {(() => void)[]} */
  const answers = [];
  context.mock.method(globalThis, "fetch", (/** @type {string} */ address) => {
    asked.push(address.replace("/api/runs/", ""));
    return new Promise((resolve) => answers.push(() => resolve(new Response("[]"))));
  });
  const travel = createTravel({ dispatch: () => {}, log: () => null, onError: assert.ifError });
  travel.recall("r", momentsOf(3));
  await new Promise(setImmediate);
  travel.refresh("r");
  context.mock.timers.tick(1000);
  assert.deepEqual(asked, ["r/moments/1", "r/moments"]);
  answers[0]();
  await new Promise(setImmediate);
  assert.equal(asked.at(-1), "r/moments/2");
  travel.follow(null);
  answers[2]();
  await new Promise(setImmediate);
  assert.equal(asked.length, 3);
});

test("a run that begins is asked for its moments once it has been somewhere, any other at once", async (context) => {
  /** @type {any} */
  const room = globalThis;
  room.document = Object.assign(new EventTarget(), { hidden: false });
  context.after(() => Reflect.deleteProperty(room, "document"));
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const asked = [];
  context.mock.method(globalThis, "fetch", async (/** @type {string} */ address) => {
    asked.push(address);
    return new Response("[]");
  });
  const travel = createTravel({ dispatch: () => {}, log: () => null, onError: assert.ifError });
  const run = (/** @type {string} */ id, /** @type {string} */ state, iteration = 0) =>
    /** @type {any} */ ({ id, state, progress: { iteration, iterations: 9 } });
  travel.follow(run("new", "queued"));
  travel.follow(run("new", "running"));
  travel.refresh("new");
  assert.deepEqual(asked, []);
  context.mock.timers.tick(1000);
  travel.recall("new", momentsOf(3));
  assert.deepEqual(asked, ["/api/runs/new/moments"]);
  travel.follow(run("held", "paused"));
  travel.follow(run("on", "running", 5));
  assert.deepEqual(asked.slice(1), ["/api/runs/held/moments", "/api/runs/on/moments"]);
});
