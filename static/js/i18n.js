/**
 * The page's words in the reader's language, from the same catalogues as the templates'.
 *
 * A message is its English text. An element says which message it shows in `data-i18n` (its text) or in
 * `data-i18n-label`, `-title`, `-placeholder` (an attribute); those change in place when the language does.
 * Whoever draws text from script listens to `language/changed` on the document and draws again.
 */

import { createTurns } from "./turns.js";

/** @typedef {Record<string, string>} Messages */

const ATTRIBUTES = {
  "data-i18n-label": "aria-label",
  "data-i18n-title": "title",
  "data-i18n-placeholder": "placeholder",
};

/** @type {HTMLElement | undefined} */
const root = globalThis.document?.documentElement;

/** @type {Messages} */
let messages = JSON.parse(globalThis.document?.getElementById("messages")?.textContent || "{}");

/** The language of the page: "en", "zh" or "ja". */
export function language() {
  return root?.lang || "en";
}

/**
 * The text of a message in the page's language.
 * @param {string} text the message in English
 * @param {Record<string, unknown>} [params] what stands for each `{name}` in it
 */
export function t(text, params = {}) {
  return substitute(messages[text] ?? text, params);
}

/**
 * A literal that is a message, named here so that it is found, translated where it is shown.
 * @param {string} text
 */
export function message(text) {
  return text;
}

/**
 * A text with every `{name}` replaced; a name that is not given stays as it is.
 * @param {string} text
 * @param {Record<string, unknown>} params
 */
export function substitute(text, params) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/**
 * The text for the page's language out of `{en, zh, ja}`, as titles and labels of graphs are given, or a plain text.
 * @param {string | Record<string, string> | null | undefined} text
 */
export function localized(text) {
  if (text === null || text === undefined || typeof text === "string") return text ?? "";
  return text[language()] ?? text.en ?? Object.values(text)[0] ?? "";
}

const takeTurn = createTurns();

/**
 * Show the page in another language, and remember it.
 * @param {string} tag
 */
export async function setLanguage(tag) {
  const latest = takeTurn();
  if (!root || tag === language()) return;
  const address = JSON.parse(root.dataset.catalogues ?? "{}")[tag];
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const catalogue = await answer.json();
  if (!latest()) return;
  messages = catalogue;
  root.lang = tag;
  remember("language", tag);
  translate(document);
  document.dispatchEvent(new CustomEvent("language/changed", { detail: { language: tag } }));
}

/**
 * Put the page's language into every element below `parent` that names its message.
 * @param {ParentNode} parent
 */
export function translate(parent) {
  for (const element of parent.querySelectorAll("[data-i18n]")) {
    element.textContent = t(String(element.getAttribute("data-i18n")));
  }
  for (const [data, attribute] of Object.entries(ATTRIBUTES)) {
    for (const element of parent.querySelectorAll(`[${data}]`)) {
      element.setAttribute(attribute, t(String(element.getAttribute(data))));
    }
  }
}

/**
 * Keep a choice in this browser; the server reads the cookie and renders the next page so from the start.
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser the pages run in
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
