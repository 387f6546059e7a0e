/** @import {Epoch, Message, Tensors} from "./types" */

import { createSeries } from "./curves/series.js";
import { remember } from "./inside/history.js";

/**
 * What this page holds of one run's log: its loss curve, its epochs and the latest look inside. It grows in place,
 * since copying ten thousand numbers at every message would cost more than drawing them; `version` says that it did.
 *
 * @typedef {{
 *   series: import("./curves/series.js").Series, epochs: Epoch[], tensors: Tensors | null,
 *   looks: Tensors[], version: number,
 *   append: (message: Message) => void,
 *   recall: (look: Tensors) => void,
 * }} Log
 */

/** @returns {Log} */
export function createLog() {
  return {
    series: createSeries(),
    epochs: [],
    tensors: null,
    looks: [],
    version: 0,
    /** A look from a saved moment, which takes its place among the others; the latest stays the latest. */
    recall(look) {
      this.version += 1;
      this.looks = remember(this.looks, look);
      if (!this.tensors || this.tensors.iteration < look.iteration) this.tensors = look;
    },
    append(message) {
      this.version += 1;
      if (message.type === "steps") this.series.append(message.iteration, message.loss);
      if (message.type === "tensors") {
        this.tensors = message;
        this.looks = remember(this.looks, message);
      }
      if (message.type === "epoch") {
        const { epoch, iteration, train_accuracy, test_accuracy } = message;
        const earlier = this.epochs.filter((other) => other.iteration < iteration);
        this.epochs = [...earlier, { epoch, iteration, train_accuracy, test_accuracy }];
      }
    },
  };
}
