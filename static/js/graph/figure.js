/** @import {Value} from "./types" */
import { number, shape as shapeText } from "../format.js";
import { shapeOf } from "./array.js";

/** One number or array as it is shown; its texts are made when they are asked for. */
export class Figure {
  /** @param {Value} value */
  constructor(value) {
    this.value = value;
    this.shape = shapeOf(value);
  }

  /** The number, or the array's shape. */
  get text() {
    return this.shape.length === 0 ? number(/** @type {any} */ (this.value)) : shapeText(this.shape);
  }

  /** The same with fewer digits, for the drawing. */
  get short() {
    return this.shape.length === 0 ? number(/** @type {any} */ (this.value), 4) : shapeText(this.shape);
  }
}

/** @param {Value | null | undefined} value @returns {Figure | null} */
export const figure = (value) => (value === null || value === undefined ? null : new Figure(value));
