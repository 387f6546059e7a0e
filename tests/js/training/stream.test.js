import assert from "node:assert/strict";
import { test } from "node:test";
import { backoff, createStream } from "../../../static/js/training/stream.js";

/** A WebSocket that a test plays the server of, and a clock that it turns. */
function stage() {
  /** @type {any[]} */
  const sockets = [];
  /** @type {{callback: () => void, milliseconds: number}[]} */
  const timers = [];
  /** @type {any[]} */
  const messages = [];
  /** @type {string[]} */
  const links = [];
  const stream = createStream({
    address: (after) => `/stream?after=${after}`,
    onMessage: (message) => messages.push(message),
    onLink: ({ state }) => links.push(state),
    connect(address) {
      const socket = { address, closed: false, close: () => Object.assign(socket, { closed: true }) };
      sockets.push(socket);
      return /** @type {any} */ (socket);
    },
    wait(callback, milliseconds) {
      const timer = { callback, milliseconds };
      timers.push(timer);
      return timer;
    },
    cancel: (timer) => timers.splice(timers.indexOf(timer), 1),
    chance: () => 1,
  });
  const send = (/** @type {object} */ message) => sockets.at(-1).onmessage({ data: JSON.stringify(message) });
  return { stream, sockets, timers, messages, links, send };
}

test("a cut stream waits, comes back after the last seq, and drops what it has seen", () => {
  const { stream, sockets, timers, messages, links, send } = stage();
  stream.open();
  sockets[0].onopen();
  send({ seq: 1, type: "steps" });
  send({ seq: 2, type: "steps" });
  sockets[0].onclose({ code: 1006 });
  assert.deepEqual(links, ["connecting", "open", "waiting"]);
  assert.equal(timers[0].milliseconds, 500);
  timers[0].callback();
  assert.equal(sockets[1].address, "/stream?after=2");
  send({ seq: 2, type: "steps" });
  send({ seq: 3, type: "epoch" });
  assert.deepEqual(
    messages.map(({ seq }) => seq),
    [1, 2, 3],
  );
});

test("each failure doubles the wait up to a limit, a message starts afresh", () => {
  const { stream, sockets, timers, send } = stage();
  stream.open();
  for (let attempt = 0; attempt < 8; attempt += 1) {
    sockets.at(-1).onclose({ code: 1006 });
    timers.at(-1)?.callback();
  }
  assert.deepEqual(
    timers.map(({ milliseconds }) => milliseconds),
    [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000],
  );
  send({ seq: 1, type: "steps" });
  sockets.at(-1).onclose({ code: 1006 });
  assert.equal(timers.at(-1)?.milliseconds, 500);
});

test("chance spreads the waits by a quarter", () => {
  assert.equal(backoff(1, 0), 0.375);
  assert.equal(backoff(1, 1), 0.5);
});

test("a stream that is closed stays closed and can be opened again where it was", () => {
  const { stream, sockets, timers, send, links } = stage();
  stream.open();
  send({ seq: 5, type: "steps" });
  stream.close();
  assert.equal(sockets[0].closed, true);
  sockets[0].onclose({ code: 1006 });
  assert.equal(timers.length, 0);
  assert.equal(links.at(-1), "closed");
  stream.open();
  assert.equal(sockets[1].address, "/stream?after=5");
});

test("a server that says goodbye is dialled again like one that dies", () => {
  const { stream, sockets, timers } = stage();
  stream.open();
  sockets[0].onclose({ code: 1000 });
  assert.equal(timers.length, 1);
});
