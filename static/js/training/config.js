/** @import {Config} from "./types" */

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
    architecture: config.architecture ?? "",
  };
}

/**
 * @param {Record<string, string | boolean>} texts
 * @returns {Record<string, unknown>} the body of POST /api/runs
 */
export function fromTexts(texts) {
  const text = (/** @type {string} */ name) => String(texts[name] ?? "").trim();
  const architecture = text("architecture") || null;
  const layers = architecture
    ? {}
    : {
        hidden: text("hidden")
          .split(/[\s,、，]+/)
          .filter(Boolean)
          .map(numeral),
        activation: text("activation"),
      };
  return {
    ...layers,
    architecture,
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
}

/**
 * What makes this configuration differ from the chapter's, in a few words; empty where nothing does.
 *
 * @param {Config} config
 * @param {(text: string, params?: Record<string, unknown>) => string} t
 * @returns {string}
 */
export function differences(config, t) {
  /** @type {string[]} */
  const parts = [];
  const written = (/** @type {string} */ name) => WRITTEN[name] ?? name;
  if (config.graph) parts.push(t("own graph"));
  else if (config.architecture) parts.push(config.architecture);
  else if (config.hidden.join() !== CHAPTER.hidden.join()) parts.push(["784", ...config.hidden, "10"].join("–"));
  if (!config.graph && !config.architecture && config.activation !== CHAPTER.activation) {
    parts.push(written(config.activation));
  }
  const { name, learning_rate } = config.optimizer;
  if (name !== "sgd" || learning_rate !== 0.1) parts.push(`${written(name)} ${learning_rate}`);
  if (config.init !== CHAPTER.init) parts.push(t("init {n}", { n: written(String(config.init)) }));
  if (config.batch_size !== CHAPTER.batch_size) parts.push(t("batch {n}", { n: config.batch_size }));
  if (config.weight_decay) parts.push(t("decay {n}", { n: config.weight_decay }));
  if (config.dropout) parts.push(t("dropout {n}", { n: config.dropout }));
  if (config.batch_norm) parts.push(t("batch norm"));
  if (config.gradient === "numerical") parts.push(t("numerical"));
  if (config.train_limit) parts.push(t("{n} images", { n: config.train_limit }));
  if (config.iterations !== CHAPTER.iterations) parts.push(t("{n} iterations", { n: config.iterations }));
  if (config.seed !== CHAPTER.seed) parts.push(t("seed {n}", { n: config.seed }));
  return parts.join(" · ");
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
