/** @import {GraphDocument} from "../graph/types" */

import { shape } from "../format.js";
import { shapeOf } from "../graph/array.js";
import { t } from "../i18n.js";

const PIXELS = 784;
const CLASSES = 10;

/**
 * Why a graph cannot be the network that learns MNIST, and what would be right; null where nothing speaks against it.
 * What only an evaluation can tell (whether the shapes inside go together) is the server's to say.
 *
 * @param {GraphDocument} document
 * @returns {string | null}
 */
export function misfit({ nodes }) {
  const inputs = new Map(nodes.filter(({ op }) => op === "input").map(({ id, value }) => [id, shapeOf(value ?? 0)]));
  const x = inputs.get("x");
  const answers = inputs.get("t");
  if (!x || !answers) {
    return t(
      "To learn MNIST a graph needs two inputs named x and t: the images, and what they are. It has no {name}.",
      {
        name: x ? "t" : "x",
      },
    );
  }
  if (x.length < 2 || x.slice(1).reduce((size, side) => size * side, 1) !== PIXELS) {
    return t("This graph's x has the shape {shape}. A batch of MNIST images is (n, 784) or (n, 1, 28, 28).", {
      shape: shape(x),
    });
  }
  if (answers.length === 0 || answers.length > 2 || (answers.length === 2 && answers[1] !== CLASSES)) {
    return t("This graph's t has the shape {shape}. For ten digits it is (n,), a label each, or (n, 10), one-hot.", {
      shape: shape(answers),
    });
  }
  if (![...inputs].some(([id, sides]) => id !== "x" && id !== "t" && sides.length > 0)) {
    return t(
      "This graph has nothing that could learn: beside x and t it needs an input that is an array, its weights.",
    );
  }
  if (!nodes.some(({ inputs = [] }) => inputs.includes("t") && inputs.some((id) => id !== "t"))) {
    return t("This graph has no loss: a node that compares its answer with t, such as softmax_with_loss.");
  }
  return null;
}
