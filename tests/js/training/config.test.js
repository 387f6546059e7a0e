import assert from "node:assert/strict";
import { test } from "node:test";
import { substitute } from "../../../static/js/i18n.js";
import { CHAPTER, differences, distinctions, fieldOf, fromTexts, toTexts } from "../../../static/js/training/config.js";

const t = (/** @type {string} */ text, params = {}) => substitute(text, params);

test("the form's defaults are the chapter's script", () => {
  const { dataset, ...rest } = CHAPTER;
  assert.equal(dataset, "mnist");
  assert.deepEqual(fromTexts(toTexts(CHAPTER)), rest);
});

test("several hidden layers, names and empty fields are read as meant", () => {
  const body = fromTexts({ ...toTexts(CHAPTER), hidden: "100, 100 50", init: "he", train_limit: "300" });
  assert.deepEqual(body.hidden, [100, 100, 50]);
  assert.equal(body.init, "he");
  assert.equal(body.train_limit, 300);
});

test("text that is no number is sent as it is, for the server to say what is right", () => {
  assert.equal(fromTexts({ ...toTexts(CHAPTER), batch_size: "many" }).batch_size, "many");
  assert.equal(fromTexts({ ...toTexts(CHAPTER), batch_size: "" }).batch_size, "");
});

test("the convolutional network brings its own layers", () => {
  const body = fromTexts({ ...toTexts(CHAPTER), architecture: "simple_convnet" });
  assert.equal(body.architecture, "simple_convnet");
  assert.equal("hidden" in body || "activation" in body, false);
});

test("a graph of one's own goes with its settings in place of layers", () => {
  const graph = { nodes: [], output: "loss" };
  const body = fromTexts(toTexts({ ...CHAPTER, graph }), graph);
  assert.equal(body.graph, graph);
  assert.equal(body.architecture, null);
  assert.equal("hidden" in body || "activation" in body, false);
  assert.equal(differences({ ...CHAPTER, graph }, t), "own graph");
});

test("a run is named by what makes it differ", () => {
  assert.equal(differences(CHAPTER, t), "");
  const config = { ...CHAPTER, hidden: [100, 100], optimizer: { name: "adam", learning_rate: 0.001 }, init: "he" };
  assert.equal(differences(config, t), "Adam 0.001 · 784–100–100–10 · init He");
  assert.equal(differences({ ...CHAPTER, hidden: [100, 100, 100, 50] }, t), "784–100×3–50–10");
  assert.equal(differences({ ...CHAPTER, hidden: [] }, t), "784–10");
});

test("a refusal is shown at the field it speaks of", () => {
  assert.equal(fieldOf({ detail: "optimizer.learning_rate is a number from 0 to 1e+06, not -1" }), "learning_rate");
  assert.equal(fieldOf({ detail: "hidden[0] is a whole number from 1 to 10,000, not 0" }), "hidden");
  assert.equal(fieldOf({ detail: "…", errors: [{ where: "body.batch_size" }] }), "batch_size");
  assert.equal(fieldOf({ detail: "the server is tired" }), null);
});

test("runs beside each other are told apart by what they do not share", () => {
  const deep = { ...CHAPTER, hidden: [100, 100], init: "he" };
  const adam = { ...deep, optimizer: { name: "adam", learning_rate: 0.001 } };
  assert.deepEqual(distinctions([deep, adam], t), ["SGD 0.1", "Adam 0.001"]);
  assert.deepEqual(distinctions([deep, { ...deep, dropout: 0.2 }], t), ["no dropout", "dropout 0.2"]);
  const three = [deep, { ...deep, weight_decay: 0.1 }, { ...deep, dropout: 0.2 }];
  assert.deepEqual(distinctions(three, t), ["no decay · no dropout", "decay 0.1", "dropout 0.2"]);
  assert.deepEqual(distinctions([deep, deep], t), ["", ""]);
  assert.deepEqual(distinctions([], t), []);
});
