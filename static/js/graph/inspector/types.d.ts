// What the inspector's modules hand each other about one operation and the cells of its arrays.
import type { Value } from "../types";

export type Kind = "value" | "local" | "gradient";

/** One array of an operation: `value:0` enters by slot 0, `value` comes out; `gradient` arrives, `gradient:0` goes on. */
export interface Matrix {
  key: string;
  kind: Kind;
  name: string;
  value: Value;
  shape: number[];
}

/** One op of the graph with all its arrays and today's numbers. */
export interface Operation {
  node: string;
  op: string;
  attrs: Record<string, any>;
  elementwise: boolean;
  slots: number;
  matrices: Record<string, Matrix>;
}

/** One cell of one of an operation's arrays. */
export interface Cell {
  key: string;
  index: number[];
}

/** A formula in LaTeX and what stands in the place of its letters: cells, or numbers that are no cell. */
export interface Rule {
  letters: string;
  numbers: Record<string, number | Cell>;
}

/**
 * What made a cell. `terms` are products whose sum, divided by `divisor`, it is; or `rule` is the op's own formula
 * with its numbers put in, `before` what it needs first. `lights` are the cells it came from; `why` names the sentence that explains it.
 */
export interface Cause {
  terms?: Cell[][];
  divisor?: number;
  rule?: Rule;
  before?: Rule;
  lights: Cell[];
  why: string;
}

/** A cell of the node whose operation it belongs to: what a person chose. */
export interface Chosen extends Cell {
  node: string;
}
