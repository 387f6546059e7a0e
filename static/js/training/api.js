/** @import {Run} from "./types" */

import { call } from "../api.js";

const path = (/** @type {string} */ id) => `/api/runs/${encodeURIComponent(id)}`;

/** @returns {Promise<Run[]>} */
export const runs = () => call("GET", "/api/runs");

/** @param {string} id @returns {Promise<Run>} */
export const run = (id) => call("GET", path(id));

/** @param {object} config @returns {Promise<Run>} */
export const start = (config) => call("POST", "/api/runs", { body: config });

/** @param {string} id @param {object} change state, step or learning_rate @returns {Promise<Run | null>} */
export const change = (id, change) => call("PATCH", path(id), { body: change });

/** @param {string} id @returns {Promise<{iteration: number[], loss: number[], epochs: import("./types").Epoch[]}>} */
export const metrics = (id) => call("GET", `${path(id)}/metrics`);

/** @param {string} id @param {number} after */
export function streamAddress(id, after) {
  const address = new URL(`${path(id)}/stream?after=${after}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}
