/** The layout engine, in a worker of its own so that the page stays quick while it thinks. */

const VENDOR = new URL("../../vendor/elk/", import.meta.url);

/** @type {{layout: (graph: any) => Promise<any>} | null} */
let engine = null;

/** @param {any} graph @returns {Promise<any>} */
export async function solve(graph) {
  engine ??= new ELK({ workerUrl: new URL("elk-worker.min.js", VENDOR).href });
  return engine.layout(graph);
}
