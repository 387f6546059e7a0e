/** Libraries that are fetched only when they are first needed. */

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Run a plain script of static/vendor once; it leaves its library as a global.
 * @param {string} name such as "plotly/plotly-basic.min.js"
 * @returns {Promise<void>}
 */
export function loadScript(name) {
  let loaded = loading.get(name);
  if (!loaded) {
    loaded = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`../vendor/${name}`, import.meta.url).href;
      script.onload = () => resolve();
      script.onerror = () => {
        loading.delete(name);
        script.remove();
        reject(new Error(`${name} could not be fetched`));
      };
      document.head.append(script);
    });
    loading.set(name, loaded);
  }
  return loaded;
}
