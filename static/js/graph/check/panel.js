/** @import {CheckResult, Dispatch, State} from "../types" */

import { set, write } from "../../element.js";
import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { nameOf } from "../sentence.js";
import { summary } from "./grade.js";

/**
 * The gradient check: ε, what was found, and the race of both ways.
 *
 * @param {HTMLElement} container
 * @param {HTMLElement} toggle what opens it, and has the focus once it is closed
 * @param {Dispatch} dispatch
 */
export function createCheck(container, toggle, dispatch) {
  const title = html("h2", {});
  const slider = html("input", { type: "range", min: -10, max: -1, step: 0.5, id: "epsilon" });
  const name = html("label", { for: "epsilon" });
  const shown = html("span", { class: "mono" });
  const stop = html("button", { type: "button" });
  const close = html("button", { type: "button", class: "quiet" }, "×");
  const verdict = html("p", { class: "verdict", role: "status" });
  const race = createRace();
  container.append(
    html("div", { class: "row" }, title, html("span", { class: "epsilon" }, name, slider, shown), stop, close),
    verdict,
    race.element,
  );
  close.addEventListener("click", () => {
    dispatch({ type: "check/closed" });
    toggle.focus();
  });
  stop.addEventListener("click", () => dispatch({ type: "check/cancelled" }));
  slider.addEventListener("input", () => dispatch({ type: "epsilon/changed", epsilon: 10 ** Number(slider.value) }));

  return {
    /** @param {State} state */
    render(state) {
      const { check } = state;
      set(container, "hidden", check === null);
      if (!check) return;
      const epsilon = check.epsilon.toExponential(1).replace("e-", " × 10^−").replace(".0", "");
      write(title, t("Gradient check"));
      write(name, t("step ε"));
      write(shown, number(check.epsilon, 2));
      set(slider, "aria-valuetext", epsilon);
      slider.value = String(Math.log10(check.epsilon));
      write(stop, t("Stop"));
      set(stop, "hidden", check.asked === null);
      set(close, "aria-label", t("Close the gradient check"));
      container.classList.toggle("is-busy", check.asked !== null);
      container.classList.toggle("is-apart", check.result !== null && !summary(check.result).agree);
      const nudging = check.asked === null ? "" : t("Nudging every number up and down …");
      write(verdict, check.result ? judged(state, check.result) : nudging);
      race.render(check.result);
    },
  };
}

/** What the check found, in a sentence. @param {State} state @param {CheckResult} result */
function judged(state, result) {
  const { counts, worst, agree } = summary(result);
  const error = number(worst.error, 2);
  const node = worst.node && nameOf(state, worst.node);
  const verdict = agree
    ? t("Both ways agree at every node: the largest relative error is {error}, at {node}.", { error, node })
    : t(
        "The two ways differ: the relative error reaches {error}, at {node}. A larger or smaller ε tells whether it is rounding.",
        { error, node },
      );
  if (counts.kink === 0 && result.kinks.length === 0) return verdict;
  const count = result.kinks.length;
  const left =
    count === 1
      ? t("One number stands on a kink, where a nudge crosses a corner; it is left out.")
      : t("{count} numbers stand on a kink, where a nudge crosses a corner; they are left out.", { count });
  return `${verdict} ${left}`;
}

/** Numerical differentiation against backpropagation: passes and seconds, as bars on one scale. */
function createRace() {
  const rows = ["backprop", "numerical"].map((way) => {
    const name = html("span", { class: "name" });
    const bar = html("span", { class: `bar is-${way}` });
    const text = html("span", { class: "mono" });
    return {
      name,
      bar,
      text,
      element: html("div", { class: "lane" }, name, html("span", { class: "track" }, bar), text),
    };
  });
  const element = html("div", { class: "race" }, ...rows.map((row) => row.element));
  return {
    element,
    /** @param {CheckResult | null} result */
    render(result) {
      set(element, "hidden", result === null);
      if (!result) return;
      const passes = [2, result.forward_passes];
      const seconds = [result.seconds.backprop, result.seconds.numerical];
      const words = [
        t("1 forward, 1 backward · {time} ms", { time: number(seconds[0] * 1000, 3) }),
        t("{passes} forward passes · {time} ms", { passes: passes[1], time: number(seconds[1] * 1000, 3) }),
      ];
      const names = [t("Backpropagation"), t("Numerical")];
      rows.forEach((row, way) => {
        write(row.name, names[way]);
        write(row.text, words[way]);
        row.bar.style.width = `${(100 * passes[way]) / Math.max(...passes)}%`;
      });
    },
  };
}
