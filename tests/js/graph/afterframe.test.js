import assert from "node:assert/strict";
import { test } from "node:test";
import { afterFrame } from "../../../static/js/graph/afterframe.js";

/** A clock that is wound by hand: frames every 16 ms, timers when they are due. */
function rig() {
  let time = 0;
  /** @type {{due: number, call: () => void}[]} */
  let timers = [];
  /** @type {[number, any][]} */
  const drawn = [];
  const later = (/** @type {() => void} */ call, /** @type {number} */ ms) => {
    timers.push({ due: time + ms, call });
  };
  const ask = afterFrame((state) => drawn.push([time, state]), {
    later,
    paint: (call) => later(call, 16),
    now: () => time,
  });
  /** @param {number} ms */
  function wait(ms) {
    for (const end = time + ms; time < end; ) {
      time += 1;
      const due = timers.filter((timer) => timer.due <= time);
      timers = timers.filter((timer) => timer.due > time);
      for (const { call } of due) call();
    }
  }
  return { ask: /** @type {(state: any) => void} */ (ask), drawn, wait };
}

test("one change is drawn after its frame, and two in one frame once", () => {
  const { ask, drawn, wait } = rig();
  ask("a");
  ask("b");
  wait(300);
  assert.deepEqual(drawn, [[16, "b"]]);
});

test("a movement is drawn when it begins and when the hand rests", () => {
  const { ask, drawn, wait } = rig();
  for (let k = 0; k < 10; k++) {
    ask(k);
    wait(20);
  }
  wait(300);
  assert.deepEqual(
    drawn.map(([, state]) => state),
    [0, 9],
  );
});

test("what is chosen is answered at once, in a movement too", () => {
  const { ask, drawn, wait } = rig();
  const [none, cell] = [{ node: "y" }, { node: "y", cell: 3 }];
  ask({ shown: none });
  wait(40);
  ask({ shown: none, moved: 1 });
  wait(40);
  ask({ shown: cell });
  wait(17);
  assert.deepEqual(
    drawn.map(([time, state]) => [time, state.shown]),
    [
      [16, none],
      [96, cell],
    ],
  );
  wait(300);
  assert.equal(drawn.length, 2);
});

test("a movement that goes on is followed all the same", () => {
  const { ask, drawn, wait } = rig();
  for (let k = 0; k < 100; k++) {
    ask(k);
    wait(20);
  }
  wait(300);
  assert.equal(drawn.at(-1)?.[1], 99);
  assert.ok(drawn.length >= 4 && drawn.length <= 6, `${drawn.length} drawings in two seconds`);
});
