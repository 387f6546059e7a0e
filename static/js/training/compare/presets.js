/** @import {Config} from "../types" */

import { t } from "../../i18n.js";

/**
 * Experiments worth seeing, each a handful of runs that differ in one thing and share seed, first weights and batches.
 *
 * @typedef {{id: string, title: () => string, comment: () => string, runs: Partial<Config>[]}} Preset
 */

const DEEP = [100, 100, 100, 100];
const optimizer = (/** @type {string} */ name, /** @type {number} */ learning_rate) => ({ name, learning_rate });

/** @type {Preset[]} */
export const PRESETS = [
  {
    id: "optimizers",
    title: () => t("Optimizers (chapter 6.1)"),
    comment: () => t("Four hidden layers, four rules: plain SGD is the slow one, AdaGrad and Adam leap ahead."),
    runs: [
      optimizer("sgd", 0.01),
      optimizer("momentum", 0.01),
      optimizer("adagrad", 0.01),
      optimizer("adam", 0.001),
    ].map((optimizer) => ({ hidden: DEEP, init: "he", batch_size: 128, iterations: 2000, optimizer })),
  },
  {
    id: "inits",
    title: () => t("Initial weights (chapter 6.2)"),
    comment: () =>
      t(
        "With 0.01 the signal dies on its way through four layers and nothing is learned; Xavier and He keep it alive.",
      ),
    runs: [0.01, "xavier", "he"].map((init) => ({
      hidden: DEEP,
      init,
      batch_size: 128,
      iterations: 2000,
      optimizer: optimizer("sgd", 0.01),
    })),
  },
  {
    id: "batch-norm",
    title: () => t("Batch normalization (chapter 6.3)"),
    comment: () => t("The same five layers on 1,000 images, with and without: normalized layers learn at once."),
    runs: [true, false].map((batch_norm) => ({
      hidden: [...DEEP, 100],
      init: 0.05,
      batch_norm,
      train_limit: 1000,
      iterations: 200,
      optimizer: optimizer("sgd", 0.01),
    })),
  },
  {
    id: "overfitting",
    title: () => t("Overfitting (chapter 6.4)"),
    comment: () =>
      t(
        "Only 300 images: the network learns them by heart, and the test accuracy stays behind. Weight decay and dropout narrow the gap.",
      ),
    runs: [{}, { weight_decay: 0.1 }, { dropout: 0.2 }].map((remedy) => ({
      hidden: [...DEEP, 100, 100],
      init: "he",
      train_limit: 300,
      iterations: 600,
      optimizer: optimizer("sgd", 0.01),
      ...remedy,
    })),
  },
  {
    id: "rates",
    title: () => t("Learning rates, from timid to reckless"),
    comment: () => t("0.001 creeps, 0.1 is the chapter's, 1 still works, 10 is thrown out of the valley."),
    runs: [0.1, 0.001, 1, 10].map((rate) => ({ iterations: 2000, optimizer: optimizer("sgd", rate) })),
  },
  {
    id: "good",
    title: () => t("Known good: He and Adam"),
    comment: () =>
      t(
        "Beside the chapter's script: two hidden layers, He's first weights and Adam reach 97% in a third of the steps.",
      ),
    runs: [
      { hidden: [200, 100], init: "he", iterations: 3000, optimizer: optimizer("adam", 0.001) },
      { iterations: 3000 },
    ],
  },
  {
    id: "sleep",
    title: () => t("Known bad: all weights 0"),
    comment: () =>
      t("Every neuron starts the same and stays the same, so fifty are worth one. Random weights break the tie."),
    runs: [0.01, 0].map((init) => ({ init, iterations: 2000 })),
  },
];
