/** @import {Scene, SceneNode} from "./scene.js" */
/** @import {Figure} from "./figure.js" */

/** The drawing's own units are the pixels of a screen at zoom 1. */
export const RADIUS = 24;
export const BOX = 30;
export const NAME = 20;
export const ROW = 20;
export const CELL = { width: 48, height: 22, thumb: 7 };
/** The largest array whose numbers are written into its cells. */
const WRITTEN = { rows: 5, columns: 6 };
/** The largest map in an array's box. */
const MAP = { width: 132, height: 96 };
const THUMB = { width: 72, height: 42 };
const LABEL = { least: 52, most: 120, long: 84 };

/** Width of a text in the page's type, near enough to keep room for it. @param {string} text @param {number} [size] @param {number} [letter] how wide a letter is beside its height */
export function textWidth(text, size = 14, letter = 0.56) {
  let width = 0;
  for (const sign of text) width += (sign.codePointAt(0) ?? 0) > 0x2e80 ? size : size * letter;
  return width;
}

/** Width of a number in the drawing's monospaced type. @param {string} text @param {number} [size] */
export const numberWidth = (text, size = 14) => [...text].length * size * 0.605;

/** The rows and columns in which an array is drawn. @param {number[]} shape @returns {[number, number]} */
export function grid(shape) {
  if (shape.length === 0) return [1, 1];
  const columns = shape[shape.length - 1];
  return [shape.slice(0, -1).reduce((a, b) => a * b, 1), columns];
}

/** @param {number[]} shape */
export function written(shape) {
  const [rows, columns] = grid(shape);
  return rows <= WRITTEN.rows && columns <= WRITTEN.columns;
}

/** Size of a small heat map on an edge. @param {number[]} shape */
export function thumbSize(shape) {
  const [rows, columns] = grid(shape);
  const cell = Math.min(CELL.thumb, THUMB.width / columns, THUMB.height / rows);
  return { width: Math.max(columns * cell, 6), height: Math.max(rows * cell, 6) };
}

/** Size of the heat map inside an array's box. @param {number[]} shape */
export function mapSize(shape) {
  const [rows, columns] = grid(shape);
  if (written(shape)) return { width: columns * CELL.width, height: rows * CELL.height };
  const cell = Math.max(1, Math.min(12, MAP.width / columns, MAP.height / rows));
  return {
    width: Math.min(Math.max(columns * cell, 24), MAP.width),
    height: Math.min(Math.max(rows * cell, 12), MAP.height),
  };
}

/** @param {SceneNode} node @returns {{width: number, height: number, top: number}} its box, and how much of its height is the name above */
export function nodeSize(node) {
  const name = Math.max(...node.names.map((text) => textWidth(text)));
  if (node.kind === "input" || node.kind === "constant") return leafSize(node, name);
  const symbol = symbolWidth(node) + (node.inner ? innerWidth(node.inner) : 0);
  // A word needs room to grow in where the graph is shown small.
  const width = symbol <= 36 ? 2 * RADIUS : symbol * 1.24 + 14;
  return { width, height: Math.max(2 * RADIUS, node.slots * 18), top: 0 };
}

/** @param {string} symbol */
export const isOneLetter = (symbol) => [...symbol].length <= 2;

/** @param {SceneNode} node */
export const symbolSize = ({ symbol, inner }) =>
  inner?.raised === "symbol" ? EXPONENT : isOneLetter(symbol) ? 26 : 17;

/** Size of a constant's digits in the circle of its op. @param {import("./inline.js").Inner | null} inner */
export const innerSize = (inner) => (!inner?.raised ? 19 : inner.raised === "constant" ? EXPONENT : 24);

const EXPONENT = 15;
/** How far above its base's middle an exponent stands. */
export const RAISED = 9;

/** How high a constant's place in a circle is. */
const INNER = 28;

/** How wide a letter of the mathematical type is beside its height. */
const MATH = 0.52;

/**
 * Where the op's symbol and the constant stand inside its circle.
 *
 * @param {SceneNode} node
 * @returns {{symbol: number, constant: import("./types").Box}}
 */
export function innerPlaces(node) {
  const { width, height } = nodeSize(node);
  const sign = symbolWidth(node);
  const digits = node.inner ? innerWidth(node.inner) : 0;
  const left = (width - sign - digits) / 2;
  const before = node.inner?.before ?? false;
  return {
    symbol: left + (before ? digits : 0) + sign / 2,
    constant: { x: left + (before ? 0 : sign), y: height / 2 - INNER / 2, width: digits, height: INNER },
  };
}

/** @param {SceneNode} node */
const symbolWidth = (node) => textWidth(node.symbol, symbolSize(node), MATH) * growing(node.inner?.raised === "symbol");

/** @param {import("./inline.js").Inner} inner */
const innerWidth = (inner) => textWidth(inner.text, innerSize(inner), MATH) * growing(inner.raised === "constant");

/** An exponent grows more than the rest where the graph is shown small. @param {boolean} raised */
const growing = (raised) => (raised ? 1.2 : 1);

/** @param {SceneNode} node @param {number} name */
function leafSize(node, name) {
  const shape = node.figure?.shape ?? [];
  if (shape.length > 0) {
    const map = mapSize(shape);
    const width = Math.max(map.width + 16, node.kind === "input" ? name : 0, 84);
    const top = node.kind === "input" ? NAME : 0;
    return { width, height: top + map.height + 16 + ROW, top };
  }
  if (node.inside) return { width: node.inner ? innerWidth(node.inner) : 0, height: INNER, top: 0 };
  if (node.kind === "constant")
    return { width: Math.max(30, numberWidth(node.figure?.text ?? "") + 14), height: 26, top: 0 };
  const width = Math.max(96, numberWidth(node.figure?.text ?? "") + 38, name);
  return { width, height: NAME + BOX, top: NAME };
}

/** @param {Scene["output"]} output */
export function outputSize({ names, figure }) {
  const name = Math.max(...names.map((text) => textWidth(text)));
  if (figure && figure.shape.length > 0) {
    const map = mapSize(figure.shape);
    return { width: Math.max(map.width + 16, name, 84), height: NAME + map.height + 16 + ROW, top: NAME };
  }
  return { width: Math.max(name, 124), height: NAME + BOX, top: NAME };
}

/**
 * The room for an edge's label: the value above the line and the gradient below it; beside it where edges go down.
 *
 * @param {Figure | null} value
 * @param {Figure | null} gradient
 * @param {import("./types").Direction} direction
 */
export function labelSize(value, gradient, direction) {
  const shape = value?.shape ?? [];
  const thumb = shape.length > 0 ? thumbSize(shape) : { width: 0, height: 0 };
  const text = Math.max(numberWidth(value?.short ?? ""), numberWidth(`◂ ${gradient?.short ?? ""}`));
  const wide = Math.max(thumb.width, text);
  if (direction === "down") return { width: 2 * (wide + 7), height: thumb.height > 0 ? thumb.height + ROW + 4 : ROW };
  // A long text needs room to grow in where the graph is shown small.
  const room = text > LABEL.long ? text * 1.2 : text + 4;
  const width = Math.max(thumb.width + 4, Math.min(LABEL.most, Math.max(LABEL.least, room)));
  return { width, height: 2 * (ROW + (thumb.height > 0 ? thumb.height + 4 : 0)) };
}

/** What a node looks like apart from its texts: when it changes, the node is drawn anew. @param {SceneNode} node */
export const lookOf = (node) =>
  [
    node.kind,
    node.symbol,
    node.inside,
    node.inner?.text,
    node.inner?.raised,
    node.opens,
    node.slots,
    node.figure?.shape,
    ...Object.values(nodeSize(node)),
  ].join();
