/** @typedef {{data: object[], layout: object}} Figure */

/** @type {Promise<any> | null} */
let library = null;

/**
 * Plotly, loaded when the first curve is drawn and only then.
 *
 * @returns {Promise<any>}
 */
export function loadPlotly() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../../../vendor/plotly/plotly-basic.min.js", import.meta.url).href;
    script.onload = () => resolve(/** @type {any} */ (globalThis).Plotly);
    script.onerror = () => {
      library = null;
      reject(new Error("plotly could not be loaded"));
    };
    document.head.append(script);
  });
  return library;
}
