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
    { later: (call) => call() },
  );
  return { asked, ask };
}

/** @param {number} price */
const priced = (price) => ({ graph: revalued(apples, "apple", price) });

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
