/** The layout engine, in a worker of its own so that the page stays quick while it thinks. */

const WORKER = new URL("../../vendor/elk/elk-worker.min.js", import.meta.url).href;

/** @type {{layout: (graph: any) => Promise<any>} | null} */
let engine = null;

/** Start the engine: its worker is large, and may load while the graph is fetched. */
export function warm() {
  engine ??= new ELK({ workerUrl: WORKER });
  return engine;
}

/** @param {any} graph @returns {Promise<any>} */
export const solve = async (graph) => warm().layout(graph);
