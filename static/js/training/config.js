/** @import {Config} from "./types" */

import { localized } from "../i18n.js";

/** The chapter's script: what `{}` means. @type {Config} */
export const CHAPTER = {
  dataset: "mnist",
  hidden: [50],
  activation: "relu",
  init: 0.01,
  optimizer: { name: "sgd", learning_rate: 0.1 },
  batch_size: 100,
  iterations: 10000,
  seed: 0,
  weight_decay: 0,
  dropout: 0,
  batch_norm: false,
  gradient: "backprop",
  train_limit: null,
  architecture: null,
};

/** The rate that goes with each optimizer where the person gave none. @type {Record<string, number>} */
export const CUSTOMARY_RATES = { sgd: 0.1, momentum: 0.01, nesterov: 0.01, adagrad: 0.01, rmsprop: 0.01, adam: 0.001 };

/** The form's architecture where the network is a graph of one's own. */
export const OWN_GRAPH = "graph";

/** What the form cannot say about a network that brings its own layers, by architecture. @type {Record<string, string[]>} */
const UNUSED = {
  [OWN_GRAPH]: ["hidden", "activation", "init", "dropout", "batch_norm", "weight_decay"],
  simple_convnet: ["hidden", "activation", "batch_norm"],
};

/** Images that a run trains on where it is not limited to fewer. */
const TRAINING_IMAGES = 60000;

/** @param {Pick<Config, "batch_size" | "train_limit">} config */
export const iterationsPerEpoch = ({ batch_size, train_limit }) =>
  Math.max(1, Math.floor(Math.min(train_limit ?? TRAINING_IMAGES, TRAINING_IMAGES) / batch_size));

/** @param {string} architecture @returns {string[]} the fields that have no say in it */
export const unused = (architecture) => UNUSED[architecture] ?? [];

/** @param {Config["graph"]} graph @returns {string} what a person calls it, empty where it has no name */
export const titleOf = (graph) => localized(/** @type {any} */ (graph?.title));

/** How each name in a configuration is written for a reader. @type {Record<string, string>} */
export const WRITTEN = {
  sgd: "SGD",
  momentum: "Momentum",
  nesterov: "Nesterov",
  adagrad: "AdaGrad",
  rmsprop: "RMSProp",
  adam: "Adam",
  relu: "ReLU",
  sigmoid: "Sigmoid",
  tanh: "tanh",
  leaky_relu: "Leaky ReLU",
  softplus: "Softplus",
  gelu: "GELU",
  xavier: "Xavier",
  he: "He",
};

/**
 * A configuration as the form's texts, and back. Text that is no number stays text: the server says what is right.
 *
 * @param {Config} config
 * @returns {Record<string, string | boolean>}
 */
export function toTexts(config) {
  return {
    hidden: config.hidden.join(", "),
    activation: config.activation,
    init: String(config.init),
    optimizer: config.optimizer.name,
    learning_rate: String(config.optimizer.learning_rate),
    batch_size: String(config.batch_size),
    iterations: String(config.iterations),
    seed: String(config.seed),
    weight_decay: String(config.weight_decay),
    dropout: String(config.dropout),
    batch_norm: config.batch_norm,
    gradient: config.gradient,
    train_limit: config.train_limit === null ? "" : String(config.train_limit),
    architecture: config.graph ? OWN_GRAPH : (config.architecture ?? ""),
  };
}

/**
 * @param {Record<string, string | boolean>} texts
 * @param {Config["graph"]} [graph] what is trained where the architecture is a graph of one's own
 * @returns {Record<string, unknown>} the body of POST /api/runs
 */
export function fromTexts(texts, graph = null) {
  const text = (/** @type {string} */ name) => String(texts[name] ?? "").trim();
  const own = text("architecture") === OWN_GRAPH;
  const body = {
    hidden: text("hidden")
      .split(/[\s,、，]+/)
      .filter(Boolean)
      .map(numeral),
    activation: text("activation"),
    architecture: own ? null : text("architecture") || null,
    init: numeral(text("init")),
    optimizer: { name: text("optimizer"), learning_rate: numeral(text("learning_rate")) },
    batch_size: numeral(text("batch_size")),
    iterations: numeral(text("iterations")),
    seed: numeral(text("seed")),
    weight_decay: numeral(text("weight_decay")),
    dropout: numeral(text("dropout")),
    batch_norm: texts.batch_norm === true,
    gradient: text("gradient"),
    train_limit: text("train_limit") === "" ? null : numeral(text("train_limit")),
  };
  const idle = unused(text("architecture"));
  const used = Object.fromEntries(Object.entries(body).filter(([name]) => !idle.includes(name)));
  return own ? { ...used, graph } : used;
}

/**
 * Everything that can tell one configuration from another, in a few words each.
 *
 * @param {Config} config
 * @param {(text: string, params?: Record<string, unknown>) => string} t
 * @returns {string[]}
 */
function traits(config, t) {
  const written = (/** @type {string | number} */ name) => WRITTEN[name] ?? String(name);
  const { name, learning_rate } = config.optimizer;
  const own = config.graph ? titleOf(config.graph) || t("own graph") : config.architecture;
  return [
    `${written(name)} ${learning_rate}`,
    own ?? layers(config.hidden),
    own ? "" : written(config.activation),
    t("init {n}", { n: written(config.init) }),
    t("batch {n}", { n: config.batch_size }),
    config.weight_decay ? t("decay {n}", { n: config.weight_decay }) : t("no decay"),
    config.dropout ? t("dropout {n}", { n: config.dropout }) : t("no dropout"),
    config.batch_norm ? t("batch norm") : t("no batch norm"),
    config.gradient === "numerical" ? t("numerical") : t("backprop"),
    config.train_limit ? t("{n} images", { n: config.train_limit.toLocaleString("en") }) : t("all images"),
    t("{n} iterations", { n: config.iterations.toLocaleString("en") }),
    t("seed {n}", { n: config.seed }),
  ];
}

/** @param {number[]} hidden @returns {string} sizes from input to output; three or more of a kind are counted */
function layers(hidden) {
  const parts = ["784"];
  for (let k = 0; k < hidden.length; ) {
    let end = k;
    while (hidden[end] === hidden[k]) end += 1;
    const size = String(hidden[k]);
    parts.push(...(end - k > 2 ? [`${size}×${end - k}`] : Array(end - k).fill(size)));
    k = end;
  }
  return [...parts, "10"].join("–");
}

/**
 * What makes this configuration differ from the chapter's, in a few words; empty where nothing does.
 *
 * @param {Config} config
 * @param {(text: string, params?: Record<string, unknown>) => string} t
 * @returns {string}
 */
export function differences(config, t) {
  const usual = traits(CHAPTER, t);
  return traits(config, t)
    .filter((trait, k) => trait && trait !== usual[k])
    .join(" · ");
}

/**
 * For each configuration what tells it from the others, of that only what the chapter does not do where there is any;
 * empty where nothing tells it apart.
 *
 * @param {Config[]} configs
 * @param {(text: string, params?: Record<string, unknown>) => string} t
 * @returns {string[]}
 */
export function distinctions(configs, t) {
  const all = configs.map((config) => traits(config, t));
  const told = all[0]?.map((first, k) => all.some((one) => one[k] !== first)) ?? [];
  const usual = traits(CHAPTER, t);
  return all.map((one) => {
    const apart = one.filter((trait, k) => trait && told[k]);
    const unusual = one.filter((trait, k) => trait && told[k] && trait !== usual[k]);
    return (unusual.length > 0 ? unusual : apart).join(" · ");
  });
}

/**
 * The form's field that a refusal speaks of: problem details name the key in `errors[].where` or begin with it.
 *
 * @param {{detail: string, errors?: {where: string}[]}} problem
 * @returns {string | null}
 */
export function fieldOf(problem) {
  const place = problem.errors?.[0]?.where ?? /^[\w.]+/.exec(problem.detail)?.[0] ?? "";
  const keys = place.split(".").filter((key) => key !== "body");
  if (keys[0] === "optimizer") return keys[1] === "learning_rate" ? "learning_rate" : "optimizer";
  return Object.hasOwn(toTexts(CHAPTER), keys[0] ?? "") ? keys[0] : null;
}

/** @param {string} text @returns {number | string} */
function numeral(text) {
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? number : text;
}
