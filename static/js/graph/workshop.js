/** @import {Attempt} from "./attempt.js" */
/** @import {createCopies} from "./keep/copies.js" */
/** @import {Dispatch, Event, Panel, State} from "./types" */
import { afterFrame } from "./afterframe.js";
import { createArrayEditor } from "./arrayeditor.js";
import { createChecker } from "./check/effects.js";
import { createCheck } from "./check/panel.js";
import { createHelp } from "./help.js";
import { createInspector } from "./inspector/inspector.js";
import { createKeepEffects } from "./keep/effects.js";
import { renderMine } from "./keep/mine.js";
import { createNaming } from "./keep/naming.js";
import { createTold } from "./keep/told.js";

/**
 * All that a graph is drawn, walked and changed without: what explains it, checks it and keeps it. It comes after the drawing.
 *
 * @param {Record<"actions" | "check" | "inspector" | "mine" | "popover" | "told", HTMLElement>} parts
 * @param {{dispatch: Dispatch, state: () => State, attempt: Attempt, copies: ReturnType<typeof createCopies>, toggle: HTMLElement, leave: (node: string) => void}} needs toggle: opens the check; leave: gives the focus to a node
 * @returns {{effects: Record<string, (event: Event) => void>, panels: Panel[], follow: (state: State, event: Event) => void}}
 */
export function createWorkshop(parts, needs) {
  const { dispatch, state } = needs;
  const inspector = createInspector(parts.inspector, dispatch);
  const arrays = createArrayEditor(parts.popover, needs);
  const check = createCheck(parts.check, needs.toggle, dispatch);
  const checker = createChecker(needs);
  const naming = createNaming(parts.actions, needs);
  const told = createTold(parts.told, dispatch);
  const help = createHelp();

  checker.follow(state());

  return {
    effects: {
      ...createKeepEffects({ ...needs, name: naming.ask }),
      ...checker.effects,
      "array/opened": ({ node }) => {
        dispatch({ type: "node/chosen", node });
        arrays.open(state(), node);
      },
      "help/wanted": help.open,
    },
    panels: [
      { of: ["shown", "evaluation", "ops", "nudge", "check", "language"], render: afterFrame(inspector.render) },
      { of: ["check", "document", "language"], render: check.render },
      { of: ["keep", "copy", "language"], render: (now) => renderMine(parts.mine, { state: now, dispatch }) },
      { of: ["keep", "language"], render: told.render },
      { of: ["keep", "language"], render: naming.render },
      { of: ["language"], render: help.render },
    ],
    follow(now, event) {
      checker.follow(now);
      arrays.follow(now, event);
    },
  };
}
