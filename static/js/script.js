/** Libraries and their style sheets, fetched only when they are first needed. */

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * Run a plain script of static/vendor once; it leaves its library as a global.
 * @param {string} name such as "plotly/plotly-basic.min.js"
 * @returns {Promise<void>}
 */
export function loadScript(name) {
  return loadOnce(name, (src) => Object.assign(document.createElement("script"), { src }));
}

/**
 * Lay a style sheet of static/vendor under the page once.
 * @param {string} name such as "katex/katex.min.css"
 * @returns {Promise<void>}
 */
export function loadStyle(name) {
  return loadOnce(name, (href) => Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

/**
 * @param {string} name
 * @param {(address: string) => HTMLElement} make
 */
function loadOnce(name, make) {
  let loaded = loading.get(name);
  if (!loaded) {
    loaded = new Promise((resolve, reject) => {
      const element = make(new URL(`../vendor/${name}`, import.meta.url).href);
      element.onload = () => resolve();
      element.onerror = () => {
        loading.delete(name);
        element.remove();
        reject(new Error(`${name} could not be fetched`));
      };
      document.head.append(element);
    });
    loading.set(name, loaded);
  }
  return loaded;
}
