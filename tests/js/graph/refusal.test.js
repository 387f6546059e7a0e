import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAMES, TITLES } from "../../../static/js/frames.js";
import { recognised, refusalOf } from "../../../static/js/refusal.js";

test("a sentence of a known frame is said again with what stood in its places", () => {
  for (const detail of [
    "dot needs equal inner lengths, but x (2, 3) ends in 3 and y (2, 2) has 2 in dimension 0",
    "there is no op named 'foo'; there are abs, add",
    "this is not in the formula language; write names, numbers, + - * / ** @, and ops such as exp(x)",
  ])
    assert.equal(recognised(detail), detail);
  assert.equal(recognised("what no server says"), null);
});

test("the state of a run stands in its sentence", () => {
  const detail = "the run is finished: only a running or queued run can be paused";
  assert.equal(recognised(detail), detail);
});

test("without a sentence the title speaks, and an unknown sentence stays", () => {
  assert.equal(refusalOf({ title: "Too large", detail: "" }), "Too large");
  assert.equal(refusalOf({ title: "Too large", detail: "beyond words" }), "beyond words");
});

test("every frame and title is there once", () => {
  assert.equal(new Set([...FRAMES, ...TITLES]).size, FRAMES.length + TITLES.length);
});
