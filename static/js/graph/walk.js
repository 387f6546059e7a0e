/** @import {Dispatch, State} from "./types" */

import { set, write } from "../element.js";
import { t } from "../i18n.js";
import { html } from "./draw/element.js";
import { plain, sentenceOf, symbolOf } from "./sentence.js";
import { stepsOf } from "./timeline.js";

export const SPEEDS = [0.5, 1, 2, 4];
/** Above this many steps the track is one bar, not one mark a step. */
const MARKS = 60;

/**
 * The timeline: play, step, scrub, speed, and the sentence of the step.
 *
 * @param {HTMLElement} container
 * @param {Dispatch} dispatch
 */
export function createWalk(container, dispatch) {
  const back = button("◂", () => dispatch({ type: "step/moved", by: -1 }));
  const play = button("", () => dispatch({ type: "play/toggled" }));
  const next = button("▸", () => dispatch({ type: "step/moved", by: 1 }));
  play.classList.add("play");
  const slider = html("input", { type: "range", min: 0, step: 1 });
  const marks = html("div", { class: "marks", "aria-hidden": "true" });
  const count = html("output", { class: "count soft", "aria-live": "off" });
  const speed = html("select", { class: "speed" }, ...SPEEDS.map((s) => html("option", { value: s }, `${s}×`)));
  const whole = button("", () => dispatch({ type: "step/changed", step: null }));
  const sentence = html("p", { class: "sentence" });
  const live = html("p", { class: "visually-hidden", "aria-live": "polite", role: "status" });
  let said = "";
  container.append(
    html("div", { class: "buttons", role: "group" }, back, play, next),
    html("div", { class: "track" }, marks, slider),
    html("div", { class: "pace" }, count, speed, whole),
    sentence,
    live,
  );
  slider.addEventListener("input", () => dispatch({ type: "step/changed", step: Number(slider.value) }));
  speed.addEventListener("change", () => dispatch({ type: "speed/changed", speed: Number(speed.value) }));

  /** @param {State} state */
  function render(state) {
    const steps = stepsOf(state);
    const at = state.step ?? steps.length;
    for (const [element, name] of /** @type {const} */ ([
      [back, t("Step back")],
      [next, t("Step forward")],
      [slider, t("Timeline")],
      [speed, t("Speed")],
    ])) {
      set(element, "aria-label", name);
    }
    write(play, state.playing ? t("Pause") : t("Play"));
    write(whole, t("Show all"));
    set(whole, "disabled", state.step === null);
    set(back, "disabled", at <= 0 || steps.length === 0);
    set(next, "disabled", state.step === null || at >= steps.length);
    set(play, "disabled", steps.length === 0);
    speed.value = String(state.speed);
    set(slider, "max", String(steps.length));
    slider.value = String(at);
    const parts = sentenceOf(state, t);
    set(slider, "aria-valuetext", t("{step} of {count}", { step: at, count: steps.length }));
    write(count, t("{step} of {count}", { step: at, count: steps.length }));
    const words = JSON.stringify(parts);
    if (words !== said) {
      said = words;
      sentence.replaceChildren(
        ...parts.map(({ kind, text }) => (kind === "text" ? text : html("b", { class: kind }, text))),
      );
    }
    if (!state.playing || state.speed <= 1) write(live, plain(parts));
    drawMarks(state, steps, at);
  }

  /** @param {State} state @param {ReturnType<typeof stepsOf>} steps @param {number} at */
  function drawMarks(state, steps, at) {
    const single = steps.length <= MARKS;
    const wanted = single ? steps.length : 1;
    while (marks.childElementCount > wanted) marks.lastElementChild?.remove();
    while (marks.childElementCount < wanted) marks.append(html("i"));
    marks.classList.toggle("is-bar", !single);
    if (!single) {
      /** @type {HTMLElement} */ (marks.children[0]).style.setProperty("--part", String(at / steps.length));
      return;
    }
    steps.forEach((step, i) => {
      const mark = marks.children[i];
      const way = step.pass === "forward" ? "is-forward" : "is-backward";
      set(mark, "class", `${way}${i >= at ? " is-ahead" : ""}${state.step === i + 1 ? " is-now" : ""}`);
      set(mark, "title", symbolOf(state, step.node));
    });
  }

  return { render };
}

/** @param {string} text @param {() => void} press */
function button(text, press) {
  const element = html("button", { type: "button" }, text);
  element.addEventListener("click", press);
  return element;
}
