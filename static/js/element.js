/**
 * An element with its attributes, listeners (`onclick` and the like) and children in one expression.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [attributes] true sets an empty one; false, null and undefined leave it out
 * @param {...(Node | string | null)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * The element of the page with this id; that it is there is the template's promise.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element with the id ${id}`);
  return found;
}

/**
 * Write a text only where it changed: whatever is written, the same or not, is laid out and painted anew.
 *
 * @param {Element} host
 * @param {string} text
 */
export function write(host, text) {
  if (host.textContent !== text) host.textContent = text;
}

/**
 * Set an attribute only where it changed; true sets an empty one, false removes it.
 *
 * @param {Element} host
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function set(host, name, value) {
  if (typeof value === "boolean") {
    if (host.hasAttribute(name) !== value) host.toggleAttribute(name, value);
  } else if (host.getAttribute(name) !== String(value)) host.setAttribute(name, String(value));
}
