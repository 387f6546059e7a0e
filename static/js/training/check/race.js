/** @import {Run} from "../types" */

import { byId, set } from "../../element.js";
import { language, t } from "../../i18n.js";
import { refusalOf } from "../../refusal.js";
import { raceAddress } from "../api.js";
import { duration } from "../duration.js";

/** Numerical differentiation against backpropagation on one batch of the real network, live, until it is done or stopped. */
export function createRace() {
  const start = /** @type {HTMLButtonElement} */ (byId("race"));
  const stop = /** @type {HTMLButtonElement} */ (byId("race-stop"));
  const lane = byId("race-lane");
  const bar = byId("race-bar");
  const slow = byId("race-numerical");
  const fast = byId("race-backprop");
  /** @type {Run | null} */
  let run = null;
  /** @type {WebSocket | null} */
  let socket = null;

  start.addEventListener("click", () => {
    if (!run) return;
    end();
    const mine = new WebSocket(raceAddress(run.id));
    socket = mine;
    lane.hidden = false;
    slow.textContent = t("getting ready …");
    fast.textContent = "";
    buttons();
    let done = false;
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      const message = JSON.parse(data);
      done = message.type === "state" || message.passes === message.total;
      if (message.type === "state") slow.textContent = refusalOf({ title: "", detail: message.reason });
      else told(message);
    };
    mine.onclose = () => {
      if (socket !== mine) return;
      if (!done) slow.textContent = t("The race ended early: the server or its process has gone.");
      end();
    };
  });
  stop.addEventListener("click", end);

  function end() {
    const mine = socket;
    socket = null;
    mine?.close();
    buttons();
  }

  function buttons() {
    set(start, "disabled", run === null || socket !== null);
    set(stop, "hidden", socket === null);
  }

  /** @param {{passes: number, total: number, seconds: number, eta_seconds: number | null, backprop_seconds: number}} now */
  function told({ passes, total, seconds, eta_seconds, backprop_seconds }) {
    const grouped = (/** @type {number} */ n) => n.toLocaleString(language());
    bar.style.setProperty("transform", `scaleX(${passes / total})`);
    fast.textContent = t("Backpropagation: done in {time}, one pass forward and one back.", {
      time: duration(backprop_seconds, t),
    });
    const soFar = { passes: grouped(passes), total: grouped(total), time: duration(seconds, t) };
    slow.textContent =
      passes < total && eta_seconds !== null
        ? t("Numerical: {passes} of {total} passes after {time}; {left} to go.", {
            ...soFar,
            left: duration(eta_seconds, t),
          })
        : t("Numerical: {total} passes in {time}. Backpropagation was {times} times as fast.", {
            ...soFar,
            times: grouped(Math.round(seconds / backprop_seconds)),
          });
  }

  return {
    /** @param {Run | null} now */
    update(now) {
      if (run?.id !== now?.id) {
        end();
        lane.hidden = true;
      }
      run = now;
      buttons();
    },
  };
}
