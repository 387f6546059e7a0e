/** @import {State} from "../types" */
import { viewOf } from "../view.js";

/** The drawn nodes that are chosen: the one inspected and those beside it. @param {Pick<State, "shown" | "selection">} state */
export function chosenOf({ shown, selection }) {
  return [...new Set([...(shown.node === null ? [] : [shown.node]), ...selection])];
}

/** The document's nodes that are chosen: of a closed group all its members. @param {State} state */
export function membersOf(state) {
  if (!state.document) return [];
  const chosen = new Set(chosenOf(state));
  return viewOf(state.document)
    .nodes.filter((node) => chosen.has(node.id))
    .flatMap((node) => node.members);
}
