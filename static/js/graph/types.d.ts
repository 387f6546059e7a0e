// The shapes that the graph page's modules hand each other. Documents and evaluations are those of the HTTP API.

export type Text = string | Record<string, string>;
export type Scalar = number | "NaN" | "Infinity" | "-Infinity";
export type Value = Scalar | Value[] | Summary;

/** What the server sends in place of an array with too many elements. */
export interface Summary {
  shape: number[];
  preview: Value;
  min: Scalar;
  max: Scalar;
  mean: Scalar;
}

export interface DocumentNode {
  id: string;
  op: string;
  inputs?: string[];
  attrs?: Record<string, unknown>;
  value?: Value;
  label?: Text;
}

export interface Group {
  id: string;
  op: string;
  nodes: string[];
  label?: Text;
  collapsed?: boolean;
  inputs?: string[];
  attrs?: Record<string, unknown>;
}

export interface GraphDocument {
  nodes: DocumentNode[];
  output: string;
  title?: Text;
  description?: Text;
  groups?: Group[];
  source?: string;
}

export interface NodeNumbers {
  value: Value;
  gradient: Value;
  shape: number[];
}

export interface EdgeNumbers {
  source: string;
  target: string;
  slot: number;
  value: Value;
  local: Value | null;
  gradient: Value;
}

export interface Evaluation {
  revision: number;
  output: string;
  order: string[];
  nodes: Record<string, NodeNumbers>;
  edges: EdgeNumbers[];
  warnings?: { node: string; kind: string; detail: string }[];
}

export interface Op {
  name: string;
  symbol: string;
  slots: string[];
  attrs: Record<string, unknown> | string[];
  rule: { forward: string; local: string[] };
  variadic?: boolean;
  family?: string;
  elementwise: boolean;
  expandable: boolean;
  source: string;
  summary?: string;
}

/** RFC 9457 problem details, as far as the page reads them. */
export interface Problem {
  title: string;
  detail: string;
  status?: number;
  type?: string;
  node?: string;
  slot?: number;
  line?: number;
  column?: number;
  /** What the page offers to do about it. */
  mend?: "fill" | "undo";
}

export interface Entry {
  slug: string;
  title: Text;
  section: string;
  source: string;
}

/** Both gradients of one node, as the gradient check answers. */
export interface Checked {
  backprop: Value;
  numerical: Value;
  mean_abs_diff: Scalar;
  max_rel_error: Scalar;
}

export interface CheckResult {
  inputs: Record<string, Checked>;
  nodes?: Record<string, Checked>;
  forward_passes: number;
  seconds: { backprop: number; numerical: number };
  kinks: { node: string; input: string; index: number[] }[];
  /** What it is the check of. */
  question: string;
}

/** A graph that a person keeps, as the list names it. */
export interface SavedEntry {
  id: string;
  name: string;
  version: number;
}

/** A graph that was changed and not saved, as this browser keeps it. */
export interface Copy {
  /** The fragment of the address when it was kept: what a reload asks for. */
  hash: string;
  document: GraphDocument;
}

/** What is kept, which of it is open, and what was just said about it. */
export interface Keep {
  entries: SavedEntry[];
  open: SavedEntry | null;
  /** Changed and not saved, by key. */
  copies: Record<string, { name: Text; output: string; hash: string }>;
  told: { text: string; entry?: SavedEntry | null; undo?: Event | null } | null;
}

/** A document with the place it stands at: what an undo goes back to. */
export interface Moment {
  document: GraphDocument;
  place: Place;
}

/** Where the document comes from. */
export interface Place {
  /** The graph of the gallery. */
  slug: string | null;
  /** The training run whose mini-batch the document is. */
  run: { id: string; iteration: string | null } | null;
  /** The saved graph. */
  saved: SavedEntry | null;
  /** Whether it came by a link or a file, so that the address must hold it. */
  linked: boolean;
  /** The key under which this browser keeps what a person makes of it. */
  copy: string;
  /** The document as its place gives it: while it is this one, nothing was changed. */
  origin: GraphDocument | null;
}

/** A node as it is drawn: a node of the document, or a closed group that stands for several. */
export interface ViewNode {
  id: string;
  op: string;
  kind: "input" | "constant" | "op" | "group";
  label: Text | null;
  node: DocumentNode | null;
  group: Group | null;
  parent: string | null;
  members: string[];
}

/** An edge as it is drawn; `parts` are the keys of the document's edges that it stands for. */
export interface ViewEdge {
  key: string;
  source: string;
  target: string;
  slot: number;
  parts: string[];
  /** Whether it ends at a closed group. */
  folded: boolean;
}

export interface OpenGroup {
  id: string;
  op: string;
  label: Text | null;
  parent: string | null;
}

export interface View {
  nodes: ViewNode[];
  edges: ViewEdge[];
  groups: OpenGroup[];
  output: string;
}

export type Step =
  | { pass: "forward"; node: string }
  | { pass: "seed"; node: string }
  | { pass: "backward"; node: string };

/** What a person writes in the formula's field. */
export interface Formula {
  /** Text that is not the graph's, or not yet; null where the field shows the graph's. */
  text: string | null;
  /** The graph that this text was written from: what is drawn may have changed since. */
  base: GraphDocument | null;
  /** The text that was read last: another one is not the graph's yet. */
  read: string | null;
  typing: boolean;
  problem: Problem | null;
  /** Line and column of each node in the text the graph was read from. */
  places: Record<string, [number, number]>;
  /** Counts visits to the field: what is typed in one is one entry of the history. */
  session: number;
  /** Half-typed text that the graph's own has replaced. */
  kept: string | null;
}

export interface State {
  revision: number;
  structure: number;
  opening: number;
  slug: string | null;
  document: GraphDocument | null;
  evaluation: Evaluation | null;
  gallery: Entry[];
  ops: Record<string, Op>;
  shown: { node: string | null; edge: string | null; cell: { node: string; key: string; index: number[] } | null };
  step: number | null;
  playing: boolean;
  speed: number;
  source: string | null;
  /** The document that `source` is the text of. */
  written: GraphDocument | null;
  formula: Formula;
  /** Nodes that are chosen together with the one that is inspected. */
  selection: string[];
  nudge: { node: string; amount: number; value: number; output: Value } | null;
  draft: { node: string; text: string; message: string } | null;
  problem: Problem | null;
  online: boolean;
  /** Whether all modules of the page came. */
  whole: boolean;
  history: { past: Moment[]; future: Moment[]; gesture: string | null };
  language: string;
  keep: Keep;
  /** The open gradient check: `asked` is the question under way. */
  check: { epsilon: number; asked: string | null; result: CheckResult | null } | null;
  linked: Place["linked"];
  run: Place["run"];
  copy: Place["copy"];
  origin: Place["origin"];
  /** What of the drawing is seen, where a person chose it. */
  view: { x: number; y: number; k: number } | null;
}

export type Event = { type: string; [key: string]: any };
export type Dispatch = (event: Event) => void;
export type Context = { state: State; dispatch: Dispatch };
/** A part of the page, drawn again when one of the named parts of the state changed. */
export type Panel = { of: (keyof State)[]; render: (state: State) => void };

/** Where things stand on the drawing, in its own units. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where edges go: as the book draws them, or down a narrow screen. */
export type Direction = "right" | "down";

export interface Placement {
  direction: Direction;
  nodes: Map<string, Box>;
  edges: Map<string, { points: { x: number; y: number }[]; label: Box | null }>;
  /** Frames of opened composites; `head` is how far from the left their name stands. */
  groups: Map<string, Box & { head: number }>;
  width: number;
  height: number;
}
