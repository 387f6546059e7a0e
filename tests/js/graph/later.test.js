import assert from "node:assert/strict";
import { test } from "node:test";
import { createLater } from "../../../static/js/graph/later.js";

/** A part that comes when it is let, events that it alone answers, and others. */
function rig() {
  /** @type {string[]} */
  const answered = [];
  const known = new Set(["here"]);
  const trips = { asked: 0, missed: 0 };
  /** @type {(away?: boolean) => void} */
  let release = () => {};
  const gate = new Promise((resolve, reject) => {
    release = (away = false) =>
      away ? reject(new TypeError("Failed to fetch dynamically imported module")) : resolve(undefined);
  });
  const later = createLater(
    async () => {
      trips.asked += 1;
      await gate;
      known.add("there");
    },
    {
      known: ({ type }) => known.has(type),
      dispatch,
      onMissing: () => {
        trips.missed += 1;
      },
    },
  );
  /** @param {any} event */
  function dispatch(event) {
    if (later.holds(event)) return;
    answered.push(event.name);
  }
  /** @param {string} type @param {string} name */
  const say = (type, name) => dispatch({ type, name });
  async function come(away = false) {
    release(away);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { answered, trips, later, say, come };
}

test("what is answered at once asks for nothing", () => {
  const { answered, trips, say } = rig();
  say("here", "a");
  assert.deepEqual(answered, ["a"]);
  assert.equal(trips.asked, 0);
});

test("an event for what comes later calls for it and waits for it, in its order, and no other waits", async () => {
  const { answered, trips, say, come } = rig();
  say("there", "saved");
  say("here", "changed");
  say("there", "shared");
  assert.deepEqual(answered, ["changed"]);
  assert.equal(trips.asked, 1);
  await come();
  assert.deepEqual(answered, ["changed", "saved", "shared"]);
  say("there", "exported");
  assert.deepEqual(answered.slice(3), ["exported"]);
});

test("it comes once, however often it is called for", async () => {
  const { answered, trips, later, say, come } = rig();
  later.call();
  later.call();
  say("there", "saved");
  await come();
  later.call();
  assert.equal(trips.asked, 1);
  assert.equal(trips.missed, 0);
  assert.deepEqual(answered, ["saved"]);
});

test("where it cannot come, that is said once, and only what it alone answers is given up", async () => {
  const { answered, trips, say, come } = rig();
  say("there", "saved");
  await come(true);
  assert.equal(trips.missed, 1);
  say("there", "shared");
  say("here", "changed");
  assert.deepEqual(answered, ["changed"]);
  assert.equal(trips.asked, 1);
});

test("an event that nobody answers is no longer held once all is there, so that a slip is seen", async () => {
  const { answered, later, say, come } = rig();
  later.call();
  await come();
  say("nowhere", "a slip");
  assert.deepEqual(answered, ["a slip"]);
});
