/** A name bound to a number or to an array, or a line that goes on with one. */
const INPUT = /^(\w+ *= *([-+]?[\d.]+(e[-+]?\d+)? *$|\[|np\.array\()| |#|import |$)/;

/**
 * The line with which the operations of a formula begin: inputs stand before it, and in the drawing.
 *
 * @param {string} text
 * @returns {number} from 0, which is also where there are inputs alone
 */
export function beginning(text) {
  return Math.max(
    text.split("\n").findIndex((line) => !INPUT.test(line)),
    0,
  );
}
