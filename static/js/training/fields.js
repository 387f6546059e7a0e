import { t } from "../i18n.js";
import { WRITTEN } from "./config.js";

/**
 * The settings of a run as a person meets them: label and hint in plain words, in the order of the form.
 *
 * @typedef {object} Field
 * @property {string} name
 * @property {"number" | "text" | "choice" | "switch"} kind
 * @property {() => string} label
 * @property {() => string} hint
 * @property {() => string} [right] what can be put in
 * @property {() => [value: string, text: string][]} [options]
 * @property {string[]} [suggestions]
 *
 * @typedef {{title: () => string, fields: Field[]}} Part
 */

const named =
  (/** @type {string[]} */ ...names) =>
  () =>
    names.map((name) => /** @type {[string, string]} */ ([name, WRITTEN[name]]));

/** @type {Part[]} */
export const PARTS = [
  {
    title: () => t("The network"),
    fields: [
      {
        name: "architecture",
        kind: "choice",
        label: () => t("Architecture"),
        hint: () => t("Layers you choose below, or the small convolutional network of the book's chapter 7."),
        options: () => [
          ["", t("Fully connected")],
          ["simple_convnet", t("Convolutional (chapter 7)")],
        ],
      },
      {
        name: "hidden",
        kind: "text",
        right: () => t("Whole numbers from 1 to 10,000, at most fifty of them."),
        label: () => t("Hidden layers"),
        hint: () => t("Neurons in each hidden layer, with commas between: 50, or 100, 100."),
      },
      {
        name: "activation",
        kind: "choice",
        label: () => t("Activation"),
        hint: () => t("What each hidden neuron does with its sum. ReLU lets what is positive through."),
        options: named("relu", "sigmoid", "tanh", "leaky_relu", "softplus", "gelu"),
      },
      {
        name: "init",
        kind: "text",
        right: () => t("A number from 0 to 100, or xavier, or he."),
        label: () => t("Initial weights"),
        hint: () =>
          t("How widely the random first weights spread: a number, or xavier, or he, which suit the layer's size."),
        suggestions: ["0.01", "1", "xavier", "he"],
      },
      {
        name: "dropout",
        kind: "number",
        right: () => t("A number from 0 to below 1."),
        label: () => t("Dropout"),
        hint: () => t("Share of hidden neurons switched off at random in each step, from 0 to below 1."),
      },
      {
        name: "batch_norm",
        kind: "switch",
        label: () => t("Batch normalization"),
        hint: () => t("Brings each layer's sums to mean 0 and spread 1 within the batch."),
      },
    ],
  },
  {
    title: () => t("How it learns"),
    fields: [
      {
        name: "optimizer",
        kind: "choice",
        label: () => t("Optimizer"),
        hint: () => t("The rule that turns gradients into steps. SGD goes straight down the slope."),
        options: named("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"),
      },
      {
        name: "learning_rate",
        kind: "number",
        right: () => t("A number from 0 to 1,000,000."),
        label: () => t("Learning rate"),
        hint: () => t("How far each step goes. Too small is slow, too large leaps over the valley."),
      },
      {
        name: "batch_size",
        kind: "number",
        right: () => t("A whole number from 1 to 10,000."),
        label: () => t("Batch size"),
        hint: () => t("Images looked at in one step; their gradients are averaged."),
      },
      {
        name: "iterations",
        kind: "number",
        right: () => t("A whole number from 1 to 1,000,000,000."),
        label: () => t("Iterations"),
        hint: () => t("Number of steps. 600 steps of 100 images see the training set once: one epoch."),
      },
      {
        name: "weight_decay",
        kind: "number",
        right: () => t("A number from 0 to 1,000."),
        label: () => t("Weight decay"),
        hint: () => t("Pulls every weight a little towards 0 in each step, against learning by heart."),
      },
      {
        name: "gradient",
        kind: "choice",
        label: () => t("Gradient"),
        hint: () => t("Backpropagation, or numerical differentiation: right as well, and thousands of times slower."),
        options: () => [
          ["backprop", t("Backpropagation")],
          ["numerical", t("Numerical differentiation")],
        ],
      },
    ],
  },
  {
    title: () => t("Data and chance"),
    fields: [
      {
        name: "train_limit",
        kind: "number",
        right: () => t("A whole number from 1 up, or nothing for all of them."),
        label: () => t("Training images"),
        hint: () => t("Use only the first so many of the 60,000; empty takes all. Few images show overfitting."),
      },
      {
        name: "seed",
        kind: "number",
        right: () => t("A whole number from 0 up."),
        label: () => t("Seed"),
        hint: () => t("Same seed, same chance: the same run again, number for number."),
      },
    ],
  },
];

/** @param {string} name @returns {Field | undefined} */
export const fieldNamed = (name) => PARTS.flatMap(({ fields }) => fields).find((field) => field.name === name);
