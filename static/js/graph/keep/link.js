/** @import {GraphDocument} from "../types" */

/** A link keeps the graph after the # sign: it is never sent to a server, so its length has no limit there. */
const KEY = "graph=";

/**
 * A graph as a text that a link can hold: JSON, deflated, in the URL's own base64.
 *
 * @param {GraphDocument} document
 * @returns {Promise<string>}
 */
export async function pack(document) {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(document)), new CompressionStream("deflate-raw"));
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The graph that a packed text holds.
 *
 * @param {string} packed
 * @returns {Promise<GraphDocument>}
 * @throws {Error} where the text was cut or changed
 */
export async function unpack(packed) {
  const text = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw"))));
}

/** The packed graph of a link's fragment, or null. @param {string} hash */
export function packedIn(hash) {
  const text = hash.replace(/^#/, "");
  return text.startsWith(KEY) ? text.slice(KEY.length) : null;
}

/** The fragment that holds a packed graph. @param {string} packed */
export const fragment = (packed) => `#${KEY}${packed}`;

/** @param {Uint8Array<ArrayBuffer>} bytes @param {CompressionStream | DecompressionStream} stream */
async function through(bytes, stream) {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer());
}
