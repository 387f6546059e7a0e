/** @import {Box, Placement} from "../types" */
/** @import {Scene} from "../scene.js" */

/** As long as the transition in drawing.css. */
const GLIDE = 320;

/**
 * Where things come from and go to when the topology changes: the parts of a composite come out of it when it opens
 * and go back into it when it closes.
 *
 * @param {Scene} before
 * @param {Placement} from
 * @param {Scene} after
 * @param {Placement} to
 * @returns {{entering: Map<string, Box>, leaving: Map<string, Box>}} by node id
 */
export function journeys(before, from, after, to) {
  return {
    entering: toward(after, before, from),
    leaving: toward(before, after, to),
  };
}

/**
 * For each node of one scene that the other one lacks: the place, there, of the composite it belongs to.
 *
 * @param {Scene} scene
 * @param {Scene} other
 * @param {Placement} places
 */
function toward(scene, other, places) {
  const present = new Set(other.nodes.map((node) => node.id));
  const holders = new Map(other.nodes.flatMap((node) => node.members.map((member) => [member, node.id])));
  const parents = new Map(scene.groups.map((group) => [group.id, group.parent]));
  /** @type {Map<string | null, string[]>} */
  const families = new Map();
  for (const node of scene.nodes) {
    for (let id = node.parent; id !== null; id = parents.get(id) ?? null) {
      families.set(id, [...(families.get(id) ?? []), node.id]);
    }
  }
  /** @type {Map<string, Box>} */
  const found = new Map();
  for (const node of scene.nodes) {
    if (present.has(node.id)) continue;
    let holder = holders.get(node.id);
    for (let id = node.parent; !holder && id !== null; id = parents.get(id) ?? null) {
      holder = families.get(id)?.find((member) => present.has(member));
    }
    const box = holder && places.nodes.get(holder);
    if (box) found.set(node.id, box);
  }
  return found;
}

/**
 * Let a node that is no longer part of the graph go to where it vanishes.
 *
 * @param {SVGElement} element
 * @param {Box | undefined} box
 */
export function depart(element, box) {
  if (!box || matchMedia("(prefers-reduced-motion: reduce)").matches) {
    element.remove();
    return;
  }
  element.removeAttribute("data-node-id");
  element.setAttribute("aria-hidden", "true");
  element.removeAttribute("tabindex");
  element.classList.add("is-leaving");
  element.style.transform = `translate(${box.x}px, ${box.y}px)`;
  setTimeout(() => element.remove(), GLIDE);
}

/**
 * Hide the edges while the nodes glide: they are drawn for the new places.
 *
 * @param {SVGSVGElement} root
 */
export function glide(root) {
  root.classList.add("is-gliding");
  setTimeout(() => root.classList.remove("is-gliding"), GLIDE);
}
