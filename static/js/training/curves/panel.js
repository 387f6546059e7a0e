/** @import {Ink} from "./ink.js" */
/** @import {Line} from "./loss.js" */
/** @import {Run, State} from "../types" */

import { byId } from "../../element.js";
import { t } from "../../i18n.js";
import { metrics } from "../api.js";
import { save } from "../keep/save.js";
import { accuracyFigure } from "./accuracy.js";
import { createChart } from "./chart.js";
import { csv } from "./csv.js";
import { lossFigure } from "./loss.js";

/**
 * The two figures and what is around them: log axis, CSV, PNG.
 *
 * @param {object} listener
 * @param {(logarithmic: boolean) => void} listener.onAxis
 * @param {() => void} listener.onRepaint
 * @param {(error: unknown) => void} listener.onError
 */
export function createCurves({ onAxis, onRepaint, onError }) {
  /** @type {Record<"loss" | "accuracy", [number, number] | null>} */
  const zoom = { loss: null, accuracy: null };
  const chart = (/** @type {"loss" | "accuracy"} */ name) =>
    createChart(byId(`${name}-chart`), {
      onZoom(range) {
        zoom[name] = range;
        drawn = "";
        onRepaint();
      },
      onSize() {
        drawn = "";
        onRepaint();
      },
    });
  const loss = chart("loss");
  const accuracy = chart("accuracy");
  const box = /** @type {HTMLInputElement} */ (byId("log-axis"));
  box.addEventListener("change", () => onAxis(box.checked));
  let drawn = "";
  let drawnEpochs = "";
  /** @type {Run | null} */
  let chosen = null;
  /** @type {Ink | null} */
  let worn = null;

  byId("loss-png").addEventListener("click", async () => save(file("loss", "png"), await loss.picture(ground())));
  byId("accuracy-png").addEventListener("click", async () =>
    save(file("accuracy", "png"), await accuracy.picture(ground())),
  );
  byId("loss-csv").addEventListener("click", () =>
    table("loss", ({ iteration, loss }) => csv(["iteration", "loss"], [iteration, loss])),
  );
  byId("accuracy-csv").addEventListener("click", () =>
    table("accuracy", ({ epochs }) => {
      const names = /** @type {const} */ (["epoch", "iteration", "train_accuracy", "test_accuracy"]);
      const columns = names.map((name) => epochs.map((epoch) => epoch[name]));
      return csv([...names], columns);
    }),
  );

  /** @param {string} what @param {(kept: Awaited<ReturnType<typeof metrics>>) => string} write */
  async function table(what, write) {
    if (!chosen) return;
    // When the answer comes another run may be on show.
    const name = file(what, "csv");
    try {
      save(name, new Blob([write(await metrics(chosen.id))], { type: "text/csv" }));
    } catch (error) {
      onError(error);
    }
  }

  const ground = () => worn?.paper ?? "white";
  const file = (/** @type {string} */ what, /** @type {string} */ kind) => `${what}-${chosen?.id ?? "run"}.${kind}`;

  return {
    /**
     * @param {State} state
     * @param {Run | null} run
     * @param {Line[]} lines
     * @param {Ink} ink
     */
    update(state, run, lines, ink) {
      if (run?.id !== chosen?.id) {
        zoom.loss = null;
        zoom.accuracy = null;
      }
      chosen = run;
      if (!state.loaded) return;
      for (const name of ["loss-csv", "loss-png", "accuracy-csv", "accuracy-png"]) {
        /** @type {HTMLButtonElement} */ (byId(name)).disabled = run === null;
      }
      // Before the first run there is no curve, and the library that draws them is not fetched.
      if (run === null && worn === null) return;
      const dress = `${ink.ink} ${t("iteration")} ${run?.id} ${lines.map(({ name }) => name).join()} ${loss.width}x${loss.height}`;
      const now = `${dress} ${state.logarithmic} ${lines.map(({ log }) => log.series.points.length).join()} ${zoom.loss} ${state.moment}`;
      const nowEpochs = `${dress} ${lines.map(({ log }) => `${log.epochs.length}@${log.epochs.at(-1)?.iteration}`).join()} ${zoom.accuracy} ${state.moment}`;
      if (now !== drawn) {
        const words = { smoothed: t("smoothed"), iteration: t("iteration"), loss: t("loss") };
        const view = {
          run: run?.id ?? "",
          width: loss.width,
          height: loss.height,
          logarithmic: state.logarithmic,
          range: zoom.loss,
          marked: state.moment,
          words,
        };
        loss.draw(lossFigure(lines, ink, view));
      }
      if (nowEpochs !== drawnEpochs || worn !== ink || drawn === "") {
        const words = { train: t("train"), test: t("test"), epoch: t("epoch") };
        const marked = state.moments.find(({ iteration }) => iteration === state.moment)?.epoch ?? null;
        accuracy.draw(
          accuracyFigure(lines, ink, {
            run: run?.id ?? "",
            height: accuracy.height,
            range: zoom.accuracy,
            marked,
            words,
          }),
        );
      }
      drawn = now;
      drawnEpochs = nowEpochs;
      worn = ink;
    },
  };
}
