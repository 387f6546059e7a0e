import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { madeOf, makersOf } from "../../../../static/js/graph/inspector/cause.js";
import { operationOf } from "../../../../static/js/graph/inspector/operation.js";
import { copies, everyIndex, original } from "../../../../static/js/graph/inspector/position.js";
import { nameIn, numberIn, sumOf, totalOf } from "../../../../static/js/graph/inspector/sum.js";
import { initial } from "../../../../static/js/graph/reduce.js";
import { plain } from "../../../../static/js/graph/sentence.js";

/** Answers of the server, held true by tests/app/test_answers.py. */
const { ops, answers } = JSON.parse(readFileSync(new URL("answers.json", import.meta.url), "utf8"));

/** @param {string} name @returns {import("../../../../static/js/graph/types").State} */
const stateOf = (name) => ({
  ...initial("en"),
  ops,
  document: answers[name].graph,
  evaluation: { ...answers[name].evaluation, revision: 0 },
});

/** @param {string} name @param {string} node @param {string} key @param {number[]} index */
function made(name, node, key, index) {
  const found = madeOf(stateOf(name), { node, key, index });
  assert.ok(found?.cause, `${name}: ${node} ${key} [${index}] has a cause`);
  return { operation: found.operation, cause: found.cause };
}

/** @param {string} name @param {string} node @param {string} key @param {number[]} index */
function written(name, node, key, index) {
  const { operation, cause } = made(name, node, key, index);
  const { letters, numbers } = sumOf(operation, cause);
  return [plain(letters), plain(numbers)];
}

for (const name of Object.keys(answers)) {
  test(`every cell of ${name} is the sum of what made it`, () => {
    const state = stateOf(name);
    let checked = 0;
    for (const { id } of answers[name].graph.nodes) {
      const operation = operationOf(state, id);
      for (const { key, shape, kind } of Object.values(operation?.matrices ?? {})) {
        if (kind === "local" || key === "gradient" || /^value:/.test(key) || operation?.slots === 0) continue;
        for (const index of everyIndex(shape)) {
          if (operation?.op === "softmax_with_loss") continue;
          const { operation: own, cause } = made(name, id, key, index);
          if (!cause.terms) continue;
          const number = numberIn(own, { key, index });
          assert.ok(Math.abs(totalOf(own, cause) - number) <= 1e-7 * Math.max(1, Math.abs(number)));
          checked += 1;
        }
      }
    }
    assert.ok(checked > 0 || name === "loss" || name === "labels");
  });
}

test("a weight's gradient is a column of X times a column of the gradient", () => {
  const [letters, numbers] = written("affine", "Y", "gradient:1", [1, 0]);
  assert.equal(letters, "X[0,1] · g[0,0] + X[1,1] · g[1,0] + X[2,1] · g[2,0]");
  assert.match(numbers, /^0\.5 · ◂[\d.]+ \+ 0\.8 · ◂[\d.]+ \+ \(-1\.2\) · /);
});

test("a bias's gradient is the sum over the batch", () => {
  assert.equal(written("affine", "Y", "gradient:2", [1])[0], "g[0,1] + g[1,1] + g[2,1]");
});

test("an input's gradient is a row of the gradient times a row of W", () => {
  assert.equal(written("affine", "Y", "gradient:0", [2, 1])[0], "g[2,0] · W[1,0] + g[2,1] · W[1,1] + g[2,2] · W[1,2]");
});

test("a result is row times column plus bias", () => {
  assert.equal(written("affine", "Y", "value", [1, 2])[0], "X[1,0] · W[0,2] + X[1,1] · W[1,2] + B[2]");
});

test("an operand repeated to fit gets a gradient from every copy", () => {
  const { cause } = made("broadcast", "mul", "gradient:1", [1, 0]);
  assert.equal(cause.why, "repeated");
  assert.deepEqual(
    cause.terms?.map(([g]) => g.index),
    [
      [1, 0],
      [1, 1],
    ],
  );
});

test("relu says where its switch is shut", () => {
  assert.equal(made("broadcast", "Y", "gradient:0", [0, 0]).cause.why, "relu-open");
  assert.equal(made("broadcast", "Y", "gradient:0", [1, 0]).cause.why, "relu-shut");
});

test("a mean shares, a maximum chooses", () => {
  assert.match(written("mean", "mean", "gradient:0", [0, 1])[0], /^g\[0\] \/ 2$/);
  assert.equal(made("max", "max", "gradient:0", [0, 1]).cause.why, "not-chosen");
});

for (const name of ["loss", "labels"]) {
  test(`softmax-with-loss hands back (y − t)/N: ${name}`, () => {
    for (const index of everyIndex([2, 3])) {
      const { operation, cause } = made(name, "L", "gradient:0", index);
      const numbers = Object.fromEntries(
        Object.entries(cause.rule?.numbers ?? {}).map(([letter, place]) => [
          letter,
          typeof place === "number" ? place : numberIn(operation, place),
        ]),
      );
      const { g, y, t, N } = numbers;
      assert.ok(Math.abs((g * (y - t)) / N - numberIn(operation, { key: "gradient:0", index })) < 1e-8);
      assert.equal(cause.why, "y-minus-t");
    }
  });
}

test("what arrives was made by every op that uses the value", () => {
  const makers = makersOf(stateOf("affine"), { node: "Y", key: "gradient", index: [0, 0] });
  assert.deepEqual(
    makers.map(({ key }) => key),
    ["gradient:0", "gradient:1"],
  );
});

test("a long sum is written with its ends", () => {
  const operation = {
    node: "s",
    op: "sum",
    attrs: {},
    elementwise: false,
    slots: 1,
    matrices: {
      "value:0": {
        key: "value:0",
        kind: /** @type {const} */ ("value"),
        name: "x",
        value: [...Array(784).keys()],
        shape: [784],
      },
    },
  };
  const terms = everyIndex([784]).map((index) => [{ key: "value:0", index }]);
  const { letters, omitted } = sumOf(operation, { terms, lights: [], why: "sum" });
  assert.equal(plain(letters), "x[0] + x[1] + x[2] + x[3] + … + x[783]");
  assert.equal(omitted, 779);
});

test("a cell that is not there has no cause", () => {
  assert.equal(madeOf(stateOf("affine"), { node: "Y", key: "gradient:2", index: [7] })?.cause, null);
});

test("broadcasting there and back", () => {
  assert.deepEqual(original([2, 1], [3]), [1]);
  assert.deepEqual(original([2, 1], [3, 1]), [2, 0]);
  assert.deepEqual(copies([1], [3], [2, 3]), [
    [0, 1],
    [1, 1],
  ]);
  assert.deepEqual(copies([], [], [2]), [[0], [1]]);
});

test("a single number has no brackets", () => {
  const operation = operationOf(stateOf("broadcast"), "mul");
  assert.ok(operation);
  assert.equal(nameIn(operation, { key: "value:0", index: [0, 0] }), "X[0,0]");
});
