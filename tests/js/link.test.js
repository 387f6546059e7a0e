import assert from "node:assert/strict";
import { test } from "node:test";
import { fragment, pack, packedIn, unpack } from "../../static/js/graph/keep/link.js";

const shopping = {
  nodes: [
    { id: "苹果", op: "input", value: 120, label: { en: "apple", zh: "苹果" } },
    { id: "price", op: "mul", inputs: ["苹果", "苹果"] },
  ],
  output: "price",
};

test("a link holds the whole graph and gives it back", async () => {
  const link = fragment(await pack(shopping));
  assert.match(link, /^#graph=[\w-]+$/);
  assert.deepEqual(await unpack(packedIn(link) ?? ""), shopping);
});

test("a thousand nodes still make a link that can be sent", async () => {
  /** @type {{id: string, op: string, value?: number, inputs?: string[]}[]} */
  const nodes = [{ id: "x0", op: "input", value: 1 }];
  for (let k = 1; k < 1000; k++) nodes.push({ id: `x${k}`, op: "add", inputs: [`x${k - 1}`, "x0"] });
  const packed = await pack({ nodes, output: "x999" });
  assert.ok(packed.length < 16_000, `${packed.length} characters`);
  assert.equal((await unpack(packed)).nodes.length, 1000);
});

test("a link that was cut is refused", async () => {
  const packed = await pack(shopping);
  await assert.rejects(unpack(packed.slice(0, packed.length - 20)));
  await assert.rejects(unpack("%%%"));
  assert.equal(packedIn("#section"), null);
  assert.equal(packedIn(""), null);
});
