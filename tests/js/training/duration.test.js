import assert from "node:assert/strict";
import { test } from "node:test";
import { substitute } from "../../../static/js/i18n.js";
import { duration } from "../../../static/js/training/duration.js";

test("durations are said as a person would", () => {
  const said = [0.0005, 0.42, 4.2, 59.7, 130, 3900, Number.NaN].map((seconds) => duration(seconds, substitute));
  assert.deepEqual(said, ["0.5 ms", "0.4 s", "4 s", "1 min 0 s", "2 min 10 s", "1 h 5 min", "–"]);
});
