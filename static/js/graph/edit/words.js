/** @import {Problem, State} from "../types" */
/** @import {Fault} from "./fault.js" */
import { t } from "../../i18n.js";
import { nameOf } from "../sentence.js";

/** What keeps a graph from being computed, with the way to mend it. @param {State} state @param {Fault} fault @returns {Problem} */
export function problemOf(state, fault) {
  const { node, kind } = fault;
  if (kind === "circle") {
    const names = [...fault.through].reverse().map((id) => nameOf(state, id));
    return {
      title: t("A circle"),
      detail: t(
        "{path}: each waits for the other, so nothing can be computed. Choose a wire of the circle and press Delete.",
        {
          path: [...names, names[0]].join(" → "),
        },
      ),
      node,
      mend: "undo",
    };
  }
  const op = state.ops[state.document?.nodes.find((n) => n.id === node)?.op ?? ""];
  return {
    title: t("A value is missing"),
    detail: t("{slot} of {name} has no value: drag a wire to it.", {
      slot: slotName(op, fault.slot),
      name: nameOf(state, node),
    }),
    node,
    slot: fault.slot,
    mend: "fill",
  };
}

/** What a slot is called: as in the rule of its op. @param {import("../types").Op | undefined} op @param {number} slot */
export function slotName(op, slot) {
  if (!op) return String(slot + 1);
  return op.variadic ? `${op.slots[0]} ${slot + 1}` : (op.slots[slot] ?? String(slot + 1));
}
