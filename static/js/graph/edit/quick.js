/** @import {Dispatch, Event, State} from "../types" */
/** @import {createChooser} from "./chooser.js" */
import { t } from "../../i18n.js";
import { nameOf } from "../sentence.js";
import { viewOf } from "../view.js";
import { entriesOf, FAMILIES, matching } from "./catalogue.js";
import { slotName } from "./words.js";

/**
 * The two questions that the chooser asks: what to add, and where a wire goes.
 *
 * @param {ReturnType<typeof createChooser>} chooser
 * @param {{dispatch: Dispatch, state: () => State}} needs
 * @returns {Record<string, (event: Event) => void>} by event type
 */
export function createQuestions(chooser, { dispatch, state }) {
  return {
    "add/wanted": ({ source = null, at = null }) => {
      // A number has no slot that a value could be led to.
      const entries = entriesOf(state().ops, t).filter(({ family }) => source === null || family !== "leaf");
      chooser.open({
        title: source === null ? t("Add an operation") : t("Lead {name} to…", { name: nameOf(state(), source) }),
        closing: t("Close"),
        none: t("Nothing is called so."),
        at,
        find: (text) => matching(entries, text, source === null ? t : null),
        family: (name) => t(FAMILIES[name]),
        take: ({ choice }) => dispatch({ type: "op/added", choice, source }),
      });
    },
    "connect/wanted": ({ node }) => {
      const targets = targetsOf(state(), node);
      chooser.open({
        title: t("Wire {name} to…", { name: nameOf(state(), node) }),
        closing: t("Close"),
        none: t("No operation is there to wire it to: press / to add one."),
        find: (text) =>
          targets.filter(({ title, hint }) => `${title} ${hint}`.toLowerCase().includes(text.toLowerCase())),
        take: ({ target, slot }) => dispatch({ type: "wire/dropped", source: node, target, slot }),
      });
    },
  };
}

/** The slots that a node's value can be wired to, the free ones first. @param {State} state @param {string} source */
export function targetsOf(state, source) {
  if (!state.document) return [];
  const view = viewOf(state.document);
  const slots = view.nodes
    .filter((node) => node.kind === "op" && node.id !== source)
    .flatMap((node) => {
      const op = state.ops[node.op];
      const wired = node.node?.inputs ?? [];
      const count = op?.variadic ? wired.length + 1 : (op?.slots.length ?? wired.length);
      return Array.from({ length: count }, (_, slot) => {
        const there = view.edges.find((edge) => edge.target === node.id && edge.slot === slot);
        const name = slotName(op, slot);
        return {
          key: `${node.id}:${slot}`,
          symbol: op?.symbol ?? node.op,
          title: t("{slot} of {name}", { slot: name, name: node.id }),
          hint: there ? t("in place of {name}", { name: nameOf(state, there.source) }) : t("free"),
          target: node.id,
          slot,
          free: there === undefined,
        };
      });
    });
  return slots.sort((a, b) => Number(b.free) - Number(a.free));
}
