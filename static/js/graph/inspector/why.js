import { t } from "../../i18n.js";

/** Why a cell is made so, in words, by what `cause` calls it. @type {Record<string, () => string>} */
const WORDS = {
  "row-column": () => t("A row of the left array times a column of the right one, number by number, added up."),
  "row-column-bias": () =>
    t("A row of the left array times a column of the right one, added up, and the bias of that column."),
  "into-left": () =>
    t(
      "This number went into every cell of its row of the result, each time multiplied by a weight. So every gradient of that row comes back times the same weight: row of g, row of the right array (a column of its transpose).",
    ),
  "into-right": () =>
    t(
      "This number was multiplied by a column of the left array, once in every row of the result. So the gradients of its column come back, each times what it was multiplied by: column of the left array (a row of its transpose), column of g.",
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

/** @param {string} why */
export const whyOf = (why) => WORDS[why]();
