/** The layout engine, in a worker of its own so that the page stays quick while it thinks. */

// Its script is large: the page names this module by itself, so that it loads while all others do.
const worker = new Worker(new URL("../../vendor/elk/elk-worker.min.js", import.meta.url));

/** @type {{layout: (graph: any) => Promise<any>} | null} */
let engine = null;

/** @param {any} graph @returns {Promise<any>} */
export async function solve(graph) {
  engine ??= new ELK({ workerFactory: () => worker });
  return engine.layout(graph);
}
