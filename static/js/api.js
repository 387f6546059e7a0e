/** @import {Entry, Evaluation, GraphDocument, Op, Problem, SavedEntry, Value} from "./graph/types" */

/** An answer that was an error: `problem` holds the server's problem details. */
export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** No answer at all: the server is away or the network is down. */
export class UnreachableError extends Error {
  name = "UnreachableError";
}

/**
 * One call of the HTTP API: JSON in, JSON out.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, version?: string, signal?: AbortSignal}} [options] version: the ETag of what is replaced
 * @returns {Promise<any>}
 */
export async function call(method, path, options = {}) {
  const response = await answer(method, path, options);
  const text = response.status === 204 ? "" : await response.text();
  return text === "" ? null : JSON.parse(text);
}

/**
 * One call whose answer is a file.
 *
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, signal?: AbortSignal}} [options]
 * @returns {Promise<Blob>}
 */
export async function download(method, path, options = {}) {
  return (await answer(method, path, options)).blob();
}

/**
 * One call that sends a file as it is.
 *
 * @param {string} path
 * @param {Blob} file
 * @returns {Promise<any>}
 */
export async function upload(path, file) {
  return (await answer("POST", path, { file })).json();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: unknown, file?: Blob, version?: string, signal?: AbortSignal}} options
 */
async function answer(method, path, { body, file, version, signal }) {
  const headers = new Headers();
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (version !== undefined) headers.set("If-Match", version);
  const content = body === undefined ? file : JSON.stringify(body);
  let response;
  try {
    response = await fetch(path, { method, headers, body: content, signal, priority: "high" });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new UnreachableError("the server does not answer", { cause: error });
  }
  if (!response.ok) throw await problemIn(response);
  return response;
}

/** @param {Response} response */
async function problemIn(response) {
  // A proxy without a server behind it, or a server that was told to stop.
  if ([502, 503, 504].includes(response.status)) return new UnreachableError("the server is away");
  if (response.headers.get("Content-Type")?.includes("json")) return new ProblemError(await response.json());
  return new ProblemError({ title: response.statusText, detail: await response.text(), status: response.status });
}

/** @returns {Promise<Entry[]>} */
export const gallery = () => call("GET", "/api/graphs");

/** @param {string} slug @returns {Promise<GraphDocument>} */
export const graph = (slug) => call("GET", `/api/graphs/${encodeURIComponent(slug)}`);

/** @returns {Promise<Op[]>} */
export const ops = () => call("GET", "/api/ops");

/** @param {{graph: GraphDocument, inputs?: Record<string, Value>, seed?: Value}} body @returns {Promise<Evaluation>} */
export const evaluate = (body) => call("POST", "/api/evaluate", { body });

/** @param {GraphDocument} document @param {string} node @returns {Promise<GraphDocument>} */
export const expand = (document, node) => call("POST", "/api/graphs/expand", { body: { graph: document, node } });

/** @param {string} source @param {AbortSignal} [signal] @returns {Promise<{graph: GraphDocument, names: Record<string, string>, places: Record<string, [number, number]>}>} */
export const parse = (source, signal) => call("POST", "/api/graphs/parse", { body: { source }, signal });

/** @param {GraphDocument} document @param {AbortSignal} [signal] @returns {Promise<{source: string}>} */
export const format = (document, signal) => call("POST", "/api/graphs/format", { body: { graph: document }, signal });

/** @param {{graph: GraphDocument, epsilon?: number, every_node?: boolean}} body @param {AbortSignal} [signal] */
export const check = (body, signal) => call("POST", "/api/check", { body, signal });

/** The graph of a run's last mini-batch, or of a saved moment's. @param {string} run @param {string | null} iteration @returns {Promise<GraphDocument>} */
export const minibatch = (run, iteration) =>
  call("GET", `/api/runs/${encodeURIComponent(run)}/minibatch${iteration === null ? "" : `?iteration=${iteration}`}`);

/** Train a graph on MNIST, with its arrays as first weights. @param {GraphDocument} document @returns {Promise<{id: string}>} */
export const train = (document) => call("POST", "/api/runs", { body: { graph: document } });

const SAVED = "/api/saved";

/** The graphs a person keeps. */
export const saved = {
  /** @returns {Promise<SavedEntry[]>} */
  list: () => call("GET", SAVED),
  /** @param {string} id @returns {Promise<SavedEntry & {document: GraphDocument}>} */
  get: (id) => call("GET", `${SAVED}/${encodeURIComponent(id)}`),
  /** @param {string} name @param {GraphDocument} document @returns {Promise<SavedEntry & {document: GraphDocument}>} */
  add: (name, document) => call("POST", SAVED, { body: { name, document } }),
  /** @param {SavedEntry} entry the version seen @param {string} name @param {GraphDocument} document @returns {Promise<SavedEntry & {document: GraphDocument}>} */
  replace: ({ id, version }, name, document) =>
    call("PUT", `${SAVED}/${encodeURIComponent(id)}`, { body: { name, document }, version: `"${version}"` }),
  /** @param {string} id */
  remove: (id) => call("DELETE", `${SAVED}/${encodeURIComponent(id)}`),
  /** @param {string} id @returns {Promise<SavedEntry & {document: GraphDocument}>} */
  restore: (id) => call("POST", `${SAVED}/${encodeURIComponent(id)}/restore`),
};

/** @param {string} kind @param {GraphDocument} document */
export const exportGraph = (kind, document) =>
  download("POST", `/api/graphs/export/${kind}`, { body: { graph: document } });
