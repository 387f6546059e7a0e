import { t } from "../../i18n.js";

/** What an op does with gradients, in words. @type {Record<string, () => string>} */
const WORDS = {
  add: () => t("Adding passes the gradient on unchanged to both sides."),
  sub: () => t("The gradient goes on unchanged to the first and with its sign turned to the second."),
  mul: () => t("Multiplying swaps: each side gets the gradient times the value of the other side."),
  div: () => t("The top gets the gradient divided by the bottom; the bottom gets the gradient times −x/y²."),
  reciprocal: () => t("The local derivative is −y²: it needs nothing but the output."),
  exp: () => t("The local derivative of exp is its own output."),
  log: () => t("The local derivative of log is 1/x."),
  square: () => t("The local derivative of x² is 2x."),
  relu: () => t("A switch: where x > 0 the gradient passes as it is, elsewhere nothing passes."),
  sigmoid: () => t("The local derivative is y(1 − y): it needs nothing but the output."),
  dot: () =>
    t(
      "To the left goes the gradient times the transpose of the right array, to the right the transpose of the left array times the gradient. The shapes fit in no other order.",
    ),
  affine: () =>
    t(
      "To x goes the gradient times the transpose of W, to W the transpose of x times the gradient. The bias was added to every sample, so its gradient is the sum over the samples.",
    ),
  softmax: () => t("Each share depends on every score of its row, so each score hears from every share."),
  softmax_with_loss: () =>
    t(
      "Softmax and cross-entropy backwards cancel to y − t: what is said minus what is right, divided by the number of samples N.",
    ),
  cross_entropy_error: () =>
    t("Only the probability of the right class counts, and the smaller it is, the larger its gradient."),
  mean_squared_error: () => t("The gradient is the difference y − t, scaled by 2/n."),
  sum_squared_error: () => t("The gradient is simply the difference y − t."),
  batch_norm: () =>
    t("Mean and spread are made from the whole batch, so each sample's gradient hears from all of them."),
  dropout: () => t("What was dropped gets no gradient, the rest gets it times the same factor as forward."),
  sum: () => t("Every number that was added gets the whole gradient."),
  mean: () => t("Every number gets an equal share of the gradient."),
  max: () => t("Only the largest number gets the gradient."),
  maximum: () => t("The larger side gets the whole gradient, the other nothing."),
  minimum: () => t("The smaller side gets the whole gradient, the other nothing."),
  transpose: () => t("Only the places change: every gradient goes back to where its number came from."),
  broadcast_to: () => t("Repeat forward, sum backward: every copy hands in its gradient."),
  conv: () =>
    t(
      "A filter is used at every place of the image, so its gradient is a sum over all places; each pixel hears from every window that it was in.",
    ),
  pool: () => t("Only the largest number of each window gets the gradient."),
};

/** Ops that say the same as another. @type {Record<string, string>} */
const SAME = { matmul: "dot", reshape: "transpose", flatten: "transpose", concat: "transpose" };

/** @param {string} op @returns {string | null} */
export const wordsOf = (op) => (WORDS[SAME[op] ?? op] ?? (() => null))();
