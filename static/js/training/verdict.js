/** @import {Log} from "./log.js" */
/** @import {Run} from "./types" */

import { number } from "../format.js";
import { t } from "../i18n.js";

/** What a loss costs that guesses among ten digits. */
const GUESSING = Math.log(10);

/** Steps before a loss far above guessing says more than how the weights began. */
const SETTLED = 100;

/**
 * Steps before a loss that has not moved says anything. The chapter's network leaves guessing after some 40, its
 * convolutional one after 120, sigmoid after 160, two hidden layers or a tenth of the learning rate after 350; so
 * long as an epoch of the chapter takes, each has.
 */
const ENOUGH = 600;

/**
 * Whether a run that has ended, and did not diverge, learned nothing all the same, and what to change; "" where all is
 * well or it is too early to say.
 *
 * @param {Pick<Run, "config">} run
 * @param {Pick<Log, "series">} log
 */
export function verdict({ config }, { series }) {
  const { iteration, length } = series.points;
  // By the last step's number, since a log that came late is thinned.
  const steps = length === 0 ? 0 : iteration[length - 1] + 1;
  // Of another loss we do not know what guessing costs.
  if (steps < SETTLED || config.graph || config.weight_decay) return "";
  const loss = series.smooth(length - 1);
  const params = { loss: number(loss, 3), guessing: GUESSING.toFixed(1) };
  if (loss > 2 * GUESSING) {
    const advice = t("Try a smaller learning rate, or initial weights that suit the layers.");
    return `${t("The loss ended at {loss}; guessing alone costs {guessing}.", params)} ${advice}`;
  }
  if (steps < ENOUGH || Math.abs(loss - GUESSING) > 0.02 * GUESSING) return "";
  const advice = t("Try initial weights that suit the layers (he or xavier), or a larger learning rate.");
  return `${t("The loss is still {loss}, what guessing costs: nothing was learned.", params)} ${advice}`;
}
