// The shapes that the training page's modules hand each other. Runs and messages are those of the API (docs/runs.md).

export type Scalar = number | "NaN" | "Infinity" | "-Infinity";
export type RunState = "queued" | "running" | "paused" | "finished" | "stopped" | "failed" | "diverged";

export interface Config {
  dataset: string;
  hidden: number[];
  activation: string;
  init: number | string;
  optimizer: { name: string; learning_rate: number };
  batch_size: number;
  iterations: number;
  seed: number;
  weight_decay: number;
  dropout: number;
  batch_norm: boolean;
  gradient: string;
  train_limit: number | null;
  architecture: string | null;
  /** In lists only its title and the number of its nodes. */
  graph?: import("../graph/types").GraphDocument | null;
}

export interface Run {
  id: string;
  name: string;
  tags: string[];
  created: string;
  state: RunState;
  reason: string | null;
  config: Config;
  learning_rate: number;
  progress: { iteration: number; iterations: number; eta_seconds: number | null };
  metrics: {
    loss: Scalar | null;
    epoch: number | null;
    train_accuracy: number | null;
    test_accuracy: number | null;
  };
  seconds: number;
  samples_per_second: number | null;
  /** The last message of its stream that is in this. */
  seq: number;
}

export interface Epoch {
  epoch: number;
  iteration: number;
  train_accuracy: number;
  test_accuracy: number;
}

export type Message =
  | { type: "steps"; seq: number; iteration: number[]; loss: Scalar[] }
  | ({ type: "epoch"; seq: number } & Epoch)
  | { type: "state"; seq: number; state: RunState; reason?: string | null; node?: string; iteration?: number }
  | {
      type: "progress";
      seq: number;
      iteration: number;
      iterations: number;
      samples_per_second: number | null;
      eta_seconds: number | null;
    }
  | ({ type: "tensors"; seq: number } & Tensors);

export interface Images {
  name: string;
  shape: [number, number, number];
  limit: number;
  data: string;
}

export interface Histogram {
  name: string;
  low: number;
  high: number;
  counts: number[];
}

export interface Activations extends Histogram {
  mean: number;
  std: number;
  dead: number | null;
  units: number;
}

export interface ParameterSize {
  name: string;
  mean_abs: number;
  gradient_mean_abs: number;
  update_ratio: number;
}

export interface Tensors {
  iteration: number;
  images: Images | null;
  activations: Activations[];
  gradients: Histogram[];
  parameters: ParameterSize[];
}

export interface Moment {
  iteration: number;
  epoch: number | null;
  loss: Scalar | null;
  test_accuracy: number | null;
}

export interface Prediction {
  label: number;
  probabilities: number[];
  gradient: number[];
}

export interface Sample {
  index: number;
  label: number;
  answer: number;
  probability: number;
  pixels: string;
}

/** What the panels below the curves draw: the chosen run at the chosen moment. */
export interface View {
  run: Run | null;
  ink: import("./curves/ink.js").Ink;
  moments: Moment[];
  moment: number | null;
  tensors: Tensors | null;
  looks: Tensors[];
  absences: number;
}

export interface Refusal {
  title?: string;
  detail: string;
  field: string | null;
  /** Larger than a limit of the server. */
  limit?: boolean;
  /** The page's own words, in the reader's language. */
  told?: boolean;
}

export interface State {
  runs: Run[];
  loaded: boolean;
  chosen: string | null;
  link: import("./stream.js").Link;
  reachable: boolean;
  /** How often the server was away and came back: what was asked meanwhile was not answered. */
  absences: number;
  starting: boolean;
  refusal: Refusal | null;
  /** What the graph is called that the next run trains, null where it is no graph of one's own. */
  network: string | null;
  logarithmic: boolean;
  compared: string[];
  filter: string;
  moments: Moment[];
  /** The saved iteration travelled to; null is now. */
  moment: number | null;
  look: Tensors | null;
}

export type Event =
  | { type: "runs/received"; runs: Run[] }
  | { type: "run/received"; run: Run }
  | { type: "run/chosen"; id: string | null }
  | { type: "run/removed"; id: string }
  | { type: "run/compared"; id: string; shown: boolean }
  | { type: "message/received"; id: string; message: Message }
  | { type: "link/changed"; link: State["link"] }
  | { type: "server/lost" }
  | { type: "start/asked" }
  | { type: "start/refused"; refusal: Refusal }
  | { type: "refusal/dismissed" }
  | { type: "network/chosen"; title: string | null }
  | { type: "axis/changed"; logarithmic: boolean }
  | { type: "filter/changed"; filter: string }
  | { type: "moments/received"; id: string; moments: Moment[] }
  | { type: "moment/chosen"; iteration: number | null }
  | { type: "look/received"; id: string; look: Tensors }
  | { type: "look/recalled"; id: string; iteration: number };
