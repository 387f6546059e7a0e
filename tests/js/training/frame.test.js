import assert from "node:assert/strict";
import { test } from "node:test";
import { oncePerFrame, seldom } from "../../../static/js/training/frame.js";

/** Sixty frames a second, and the timers that are over before each. */
function screen() {
  let time = 1000;
  /** @type {((time: number) => void)[]} */
  let frames = [];
  /** @type {{call: () => void, at: number}[]} */
  let timers = [];
  return {
    nextFrame: (/** @type {(time: number) => void} */ call) => frames.push(call),
    later: (/** @type {() => void} */ call, /** @type {number} */ ms) => timers.push({ call, at: time + ms }),
    now: () => time,
    asked: () => frames.length,
    frame() {
      time += 1000 / 60;
      const over = timers.filter(({ at }) => at <= time);
      timers = timers.filter(({ at }) => at > time);
      for (const { call } of over) call();
      const now = frames;
      frames = [];
      for (const call of now) call(time);
    },
  };
}

/** Who asks for repaints, and how many there were. @param {ReturnType<typeof screen>} clock */
function counted(clock) {
  let painted = 0;
  const ask = oncePerFrame(() => {
    painted += 1;
  }, clock);
  return { ask, painted: () => painted };
}

test("however often it is asked, it paints once a frame and thirty times a second", () => {
  const clock = screen();
  const { ask, painted } = counted(clock);
  ask();
  ask();
  assert.deepEqual([clock.asked(), painted()], [1, 0]);
  clock.frame();
  assert.equal(painted(), 1);
  ask();
  assert.equal(clock.asked(), 0, "no frame is made that nothing would be painted in");
  clock.frame();
  assert.equal(painted(), 1);
  clock.frame();
  assert.equal(painted(), 2);
});

test("asked at every frame of a screen, it repaints more than thirty times a second and not at each of them", () => {
  const clock = screen();
  const { ask, painted } = counted(clock);
  for (let frame = 0; frame < 600; frame += 1) {
    ask();
    clock.frame();
  }
  assert.ok(painted() >= 390 && painted() <= 410, `${painted()}`);
});

test("what is read is updated eight times a second while a run goes on", () => {
  const clock = screen();
  let updated = 0;
  const words = seldom(
    () => {
      updated += 1;
    },
    () => {},
    clock,
  );
  for (let frame = 0; frame < 600; frame += 1) {
    words.paint();
    clock.frame();
  }
  assert.ok(updated >= 75 && updated <= 81, `${updated} in ten seconds`);
});

test("what has happened is shown in the next frame", () => {
  const clock = screen();
  /** @type {boolean[]} */
  const told = [];
  const words = seldom(
    () => {},
    () => {},
    clock,
  );
  told.push(words.paint());
  clock.frame();
  told.push(words.paint());
  words.hurry();
  told.push(words.paint(), words.paint());
  assert.deepEqual(told, [true, false, true, false]);
});

test("what was let pass is made up for though nothing more comes", () => {
  const clock = screen();
  let written = 0;
  let steps = 0;
  const words = seldom(
    () => {
      written = steps;
    },
    repaint,
    clock,
  );
  function repaint() {
    words.paint();
  }
  for (steps = 1; steps <= 3; steps += 1) words.paint();
  steps = 3;
  assert.equal(written, 1);
  for (let frame = 0; frame < 10; frame += 1) clock.frame();
  assert.equal(written, 3);
});
