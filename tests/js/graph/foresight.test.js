import assert from "node:assert/strict";
import { test } from "node:test";
import { createForesight } from "../../../static/js/graph/foresight.js";
import { revalued } from "../../../static/js/graph/structure.js";
import { apples } from "./apples.js";

/** A server that doubles the apple's price, and what it was asked. */
function rig() {
  /** @type {number[]} */
  const asked = [];
  const ask = createForesight(
    async ({ graph }) => {
      const price = /** @type {number} */ (graph.nodes[0].value);
      asked.push(price);
      if (price === 999) throw new Error("refused");
      return price * 2;
    },
    { soon: (call) => call(), later: (call) => call() },
  );
  return { asked, ask };
}

/** @param {number} price */
const priced = (price) => ({ graph: revalued(apples, "apple", price) });

/** The apples, and a hundred nodes more. @type {import("../../../static/js/graph/types").GraphDocument} */
const orchard = {
  ...apples,
  nodes: [...apples.nodes, ...Array.from({ length: 100 }, (_, i) => ({ id: `tree${i}`, op: "input", value: i }))],
};
/** @param {number} price */
const grown = (price) => ({ graph: revalued(orchard, "apple", price) });

test("one edit asks for nothing but itself", async () => {
  const { asked, ask } = rig();
  await ask({ graph: apples });
  await ask(priced(120));
  assert.deepEqual(asked, [100, 120]);
});

test("a drag is asked ahead in its direction, and what is known is not asked again", async () => {
  const { asked, ask } = rig();
  await ask({ graph: apples });
  for (const price of [101, 102]) assert.equal(await ask(priced(price)), price * 2);
  assert.deepEqual(asked, [100, 101, 102, 103, 104, 105]);
  assert.equal(await ask(priced(103)), 206);
  assert.deepEqual(asked.slice(6), [106]);
});

test("another number, or another structure, forgets what was foreseen", async () => {
  const { asked, ask } = rig();
  await ask({ graph: apples });
  for (const price of [101, 102]) await ask(priced(price));
  await ask({ graph: { ...apples } });
  asked.length = 0;
  await ask(priced(103));
  assert.deepEqual(asked, [103]);
});

test("an answer that failed is asked for again", async () => {
  const { asked, ask } = rig();
  await ask({ graph: apples });
  await assert.rejects(ask(priced(999)));
  await ask(priced(100.5)).catch(() => {});
  asked.length = 0;
  await assert.rejects(ask(priced(999)));
  assert.ok(asked.includes(999));
});

test("even steps are asked ahead by their own length", async () => {
  const { asked, ask } = rig();
  await ask({ graph: apples });
  for (const price of [101, 106, 111]) await ask(priced(price));
  assert.deepEqual(asked.slice(-3), [116, 121, 126]);
});

test("a large graph is asked ahead only where the last two steps were alike", async () => {
  const { asked, ask } = rig();
  await ask({ graph: orchard });
  for (const price of [101, 103, 104]) await ask(grown(price));
  assert.deepEqual(asked, [100, 101, 103, 104]);
  await ask(grown(105));
  assert.deepEqual(asked.slice(4), [105, 106, 107, 108]);
  await ask(grown(108));
  assert.deepEqual(asked.slice(8), []);
});

test("steps are alike whatever their last digits", async () => {
  const { asked, ask } = rig();
  await ask({ graph: orchard });
  for (const price of [0.1, 0.2, 0.3]) await ask(grown(price));
  assert.deepEqual(asked.slice(4), [0.4, 0.5, 0.6]);
});

test("few answers about a large graph are kept", async () => {
  const { asked, ask } = rig();
  await ask({ graph: orchard });
  const there = Array.from({ length: 100 }, (_, i) => 200 + i * i);
  for (const price of there) await ask(grown(price));
  asked.length = 0;
  await ask(grown(there[98]));
  await ask(grown(there[20]));
  assert.deepEqual(asked, [there[20]]);
});
