/** @import {Operation} from "./types" */
import { t } from "../../i18n.js";

/** Why a cell is made so, in words, by what `cause` calls it. @type {Record<string, (names: {left: string, right: string, bias: string}) => string>} */
const WORDS = {
  "row-column": ({ left, right }) =>
    t("A row of {left} times a column of {right}, number by number, added up.", { left, right }),
  "row-column-bias": ({ left, right, bias }) =>
    t("A row of {left} times a column of {right}, number by number, added up, and the bias {bias} of that column.", {
      left,
      right,
      bias,
    }),
  "into-left": ({ left, right }) =>
    t(
      "Forward, this number of {left} was multiplied by the lit row of {right}, once for each column of the result. Backward, each of those results hands back its gradient times the same number of {right}.",
      { left, right },
    ),
  "into-right": ({ left, right }) =>
    t(
      "Forward, this number of {right} was multiplied by the lit column of {left} (a row of its transpose), once for each row of the result. Backward, each of those results hands back its gradient times the same number of {left}.",
      { left, right },
    ),
  repeated: () =>
    t(
      "The same number was used in all these places, so the gradients of all of them add up: forward repeat, backward sum.",
    ),
  pass: () => t("Adding passes the gradient on as it is."),
  element: () => t("Each cell is made from the cells in the same place."),
  local: () => t("gradient arriving × local derivative, in the same place."),
  "relu-open": () => t("x > 0 here, so the switch is open: the gradient passes as it is."),
  "relu-shut": () => t("x ≤ 0 here, so the switch is shut: no gradient passes."),
  sum: () => t("All these numbers, added up."),
  mean: () => t("All these numbers added up, divided by how many they are."),
  maximum: () => t("The largest of the lit cells (the first, where several are)."),
  spread: () => t("Each number that was added gets the whole gradient of the sum."),
  shared: () => t("Each number gets an equal share of the gradient of the mean."),
  chosen: () => t("This was the largest number, so the whole gradient goes to it."),
  "not-chosen": () => t("Another number was larger, so a small change here changes nothing."),
  copy: () => t("A copy of the same number."),
  moved: () => t("The same number in another place."),
  "y-minus-t": () =>
    t(
      "What the softmax says (y) minus what is right (t), shared among the samples: (y − t)/N. Right and sure means no gradient.",
    ),
  loss: () => t("The rule above with the numbers of this cell."),
  mean_squared_error: () => t("The rule above with the numbers of this cell."),
  sum_squared_error: () => t("The difference y − t, times the gradient arriving."),
  cross_entropy_error: () => t("The rule above with the numbers of this cell."),
  branches: () => t("The value is used more than once, so its gradients add up (+=), cell by cell."),
};

/**
 * @param {string} why
 * @param {Operation} [operation] whose arrays are named
 */
export function whyOf(why, operation) {
  const name = (/** @type {number} */ slot) => operation?.matrices[`value:${slot}`]?.name ?? "";
  return WORDS[why]({ left: name(0), right: name(1), bias: name(2) });
}
