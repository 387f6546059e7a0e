/** @import {State} from "../types" */
/** @import {Part} from "../sentence.js" */
import { number } from "../../format.js";
import { t } from "../../i18n.js";
import { html } from "../draw/element.js";
import { phrase } from "../sentence.js";
import { lineOf } from "./line.js";
import { isLarge, operationOf } from "./operation.js";
import { everyIndex } from "./position.js";
import { nameIn, numberIn } from "./sum.js";

/**
 * "It is 0, so shouldn't its gradient be 0?": answered where an input is 0 and its gradient is not.
 *
 * @param {State} state
 * @param {string} node
 */
export function zeroOf(state, node) {
  const own = operationOf(state, node);
  if (!own || own.slots > 0 || isLarge(own.matrices.value) || isLarge(own.matrices.gradient)) return null;
  const index = everyIndex(own.matrices.value.shape).find(
    (place) =>
      numberIn(own, { key: "value", index: place }) === 0 && numberIn(own, { key: "gradient", index: place }) !== 0,
  );
  if (!index) return null;
  const value = { key: "value", index };
  const places = {
    name: /** @type {Part} */ ({ kind: "value", text: nameIn(own, value) }),
    gradient: /** @type {Part} */ ({
      kind: "gradient",
      text: `◂ ${number(numberIn(own, { key: "gradient", index }))}`,
    }),
  };
  return html(
    "div",
    { class: "nudge" },
    lineOf("p", phrase(t("{name} is 0, so should its gradient not be 0 as well? No: it is {gradient}."), places)),
    html(
      "p",
      { class: "why" },
      t(
        "A value says where we stand, a gradient how steep the way is from there. Standing at 0 says nothing about the slope: add a little to it and the output changes all the same.",
      ),
    ),
  );
}
