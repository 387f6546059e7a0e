import assert from "node:assert/strict";
import { test } from "node:test";
import { CHAPTER } from "../../../static/js/training/config.js";
import { createLog } from "../../../static/js/training/log.js";
import { chosenRun, initial, possible, reduce, told } from "../../../static/js/training/reduce.js";

/** @import {Event, Message, Run, RunState, State} from "../../../static/js/training/types" */

/** @param {string} id @param {RunState} state @param {number} [day] @returns {Run} */
function run(id, state, day = 0) {
  return {
    id,
    name: "",
    tags: [],
    created: `2026-01-0${day}T00:00:00Z`,
    state,
    reason: null,
    config: CHAPTER,
    learning_rate: 0.1,
    progress: { iteration: 10, iterations: 100, eta_seconds: null },
    metrics: { loss: 2.3, epoch: 0, train_accuracy: 0.1, test_accuracy: 0.1 },
    seconds: 0,
    samples_per_second: null,
    seq: 0,
  };
}

/** @param {...Event} events @returns {State} */
const after = (...events) => events.reduce(reduce, initial);

test("runs are listed newest first", () => {
  const { runs } = after({ type: "runs/received", runs: [run("old", "finished", 1), run("new", "running", 2)] });
  assert.deepEqual(
    runs.map(({ id }) => id),
    ["new", "old"],
  );
});

test("messages move the run they belong to and no other", () => {
  const state = after(
    { type: "runs/received", runs: [run("a", "running", 2), run("b", "paused", 1)] },
    { type: "run/chosen", id: "a" },
    { type: "message/received", id: "a", message: { type: "steps", seq: 1, iteration: [11, 12], loss: [2.2, 2.1] } },
    { type: "message/received", id: "a", message: { type: "state", seq: 2, state: "diverged", reason: "too far" } },
  );
  const chosen = chosenRun(state);
  assert.equal(chosen?.metrics.loss, 2.1);
  assert.equal(chosen?.progress.iteration, 13);
  assert.equal(chosen?.state, "diverged");
  assert.equal(chosen?.reason, "too far");
  assert.equal(state.runs[1].state, "paused");
});

test("a list from before a message puts no run back that trains, and one that has ended is believed", () => {
  /** @type {Message} */
  const message = { type: "steps", seq: 7, iteration: [50], loss: [0.5] };
  const told = after(
    { type: "runs/received", runs: [run("a", "running")] },
    { type: "message/received", id: "a", message },
  );
  const listed = (/** @type {RunState} */ state, /** @type {number} */ seq) =>
    reduce(told, { type: "runs/received", runs: [{ ...run("a", state), seq }] }).runs[0];
  assert.equal(listed("running", 6).progress.iteration, 51);
  assert.equal(listed("running", 7).progress.iteration, 10);
  assert.equal(listed("stopped", 3).state, "stopped");
});

test("what was refused before there was a list still is when the first run comes on show", () => {
  const refusal = { title: "no", detail: "no", field: "seed" };
  const refused = after({ type: "start/refused", refusal }, { type: "run/chosen", id: "a" });
  assert.equal(refused.refusal, refusal);
  assert.equal(reduce(refused, { type: "run/chosen", id: "b" }).refusal, null);
});

test("epoch and progress messages are told", () => {
  const epoch = { epoch: 3, iteration: 1800, train_accuracy: 0.9, test_accuracy: 0.89 };
  assert.equal(told(run("a", "running"), { type: "epoch", seq: 1, ...epoch }).metrics.test_accuracy, 0.89);
  const progress = { iteration: 50, iterations: 100, samples_per_second: 1000, eta_seconds: 5 };
  const moved = told(run("a", "running"), { type: "progress", seq: 2, ...progress });
  assert.equal(moved.progress.eta_seconds, 5);
  assert.equal(moved.samples_per_second, 1000);
});

test("each state allows its own buttons", () => {
  /** @param {RunState} state */
  const pressable = (state) => {
    const can = possible(after({ type: "run/received", run: run("a", state) }, { type: "run/chosen", id: "a" }));
    return Object.entries(can)
      .filter(([, now]) => now)
      .map(([name]) => name);
  };
  assert.deepEqual(pressable("running"), ["start", "pause", "stop"]);
  assert.deepEqual(pressable("paused"), ["start", "resume", "step", "stop"]);
  assert.deepEqual(pressable("stopped"), ["start", "resume"]);
  assert.deepEqual(pressable("finished"), ["start"]);
});

test("a run that is removed is neither chosen nor overlaid any more", () => {
  const state = after(
    { type: "runs/received", runs: [run("a", "finished", 2), run("b", "finished", 1)] },
    { type: "run/chosen", id: "a" },
    { type: "run/compared", id: "b", shown: true },
    { type: "run/removed", id: "a" },
    { type: "run/removed", id: "b" },
  );
  assert.deepEqual([state.chosen, state.compared, state.runs], [null, [], []]);
});

test("a run that the list no longer has is still the chosen one, without its moments", () => {
  const moments = [{ iteration: 600, epoch: 1, loss: 0.3, test_accuracy: 0.9 }];
  const state = after(
    { type: "runs/received", runs: [run("a", "finished", 2), run("b", "finished", 1)] },
    { type: "run/chosen", id: "a" },
    { type: "moments/received", id: "a", moments },
    { type: "moment/chosen", iteration: 600 },
    { type: "runs/received", runs: [run("b", "finished", 1)] },
  );
  assert.deepEqual([state.chosen, state.moments, state.moment], ["a", [], null]);
});

test("the link is the chosen run's", () => {
  const waiting = after(
    { type: "runs/received", runs: [run("a", "running")] },
    { type: "run/chosen", id: "a" },
    { type: "link/changed", link: { state: "waiting", attempt: 3, seconds: 2 } },
  );
  assert.equal(reduce(waiting, { type: "run/chosen", id: "a" }).link.state, "waiting");
  assert.equal(reduce(waiting, { type: "run/chosen", id: null }).link.state, "closed");
});

test("a choice among the overlaid runs goes on comparing, any other ends it", () => {
  const comparing = after(
    { type: "runs/received", runs: ["a", "b", "c", "d"].map((id) => run(id, "finished")) },
    { type: "run/chosen", id: "a" },
    { type: "run/compared", id: "b", shown: true },
    { type: "run/compared", id: "c", shown: true },
  );
  const among = reduce(comparing, { type: "run/chosen", id: "b" });
  assert.deepEqual([among.chosen, among.compared], ["b", ["a", "c"]]);
  const other = reduce(comparing, { type: "run/chosen", id: "d" });
  assert.deepEqual([other.chosen, other.compared], ["d", []]);
});

test("time travel ends when another run is chosen, and late looks are dropped", () => {
  const look = { iteration: 600, images: null, activations: [], gradients: [], parameters: [] };
  const state = after(
    { type: "runs/received", runs: [run("a", "finished"), run("b", "finished")] },
    { type: "run/chosen", id: "a" },
    { type: "moment/chosen", iteration: 600 },
    { type: "look/received", id: "a", look },
  );
  assert.equal(state.look, look);
  const elsewhere = reduce(state, { type: "run/chosen", id: "b" });
  assert.deepEqual([elsewhere.moment, elsewhere.look], [null, null]);
  assert.equal(reduce(elsewhere, { type: "look/received", id: "a", look }).look, null);
});

test("the server is lost until it answers", () => {
  const lost = after({ type: "server/lost" });
  assert.equal(lost.reachable, false);
  assert.equal(possible(lost).start, false);
  assert.equal(reduce(lost, { type: "runs/received", runs: [] }).reachable, true);
  assert.equal(reduce(lost, { type: "link/changed", link: { state: "open", attempt: 0, seconds: 0 } }).reachable, true);
});

test("each absence of the server is counted once it is over", () => {
  const open = /** @type {const} */ ({ type: "link/changed", link: { state: "open", attempt: 0, seconds: 0 } });
  const back = after({ type: "server/lost" }, { type: "server/lost" }, { type: "runs/received", runs: [] }, open);
  assert.equal(back.absences, 1);
  assert.equal([{ type: /** @type {const} */ ("server/lost") }, open, open].reduce(reduce, back).absences, 2);
});

test("a log keeps what it was sent, epochs of a repeated stretch once", () => {
  const log = createLog();
  const epoch = { type: /** @type {const} */ ("epoch"), train_accuracy: 0.5, test_accuracy: 0.5 };
  log.append({ ...epoch, seq: 1, epoch: 0, iteration: 0 });
  log.append({ ...epoch, seq: 2, epoch: 1, iteration: 600 });
  log.append({ ...epoch, seq: 3, epoch: 1, iteration: 600, test_accuracy: 0.6 });
  assert.deepEqual(
    log.epochs.map(({ test_accuracy }) => test_accuracy),
    [0.5, 0.6],
  );
});
