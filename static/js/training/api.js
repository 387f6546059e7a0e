/** @import {Run} from "./types" */

import { call, upload } from "../api.js";

const path = (/** @type {string} */ id) => `/api/runs/${encodeURIComponent(id)}`;

/** @returns {Promise<Run[]>} */
export const runs = () => call("GET", "/api/runs");

/** @param {string} id @returns {Promise<Run>} */
export const run = (id) => call("GET", path(id));

/** @param {object} config @returns {Promise<Run>} */
export const start = (config) => call("POST", "/api/runs", { body: config });

/** @param {string} id @param {object} change state, step or learning_rate @returns {Promise<Run>} */
export const change = (id, change) => call("PATCH", path(id), { body: change });

/** @param {string} id @returns {Promise<{iteration: number[], loss: number[], epochs: import("./types").Epoch[]}>} */
export const metrics = (id) => call("GET", `${path(id)}/metrics`);

/** @param {string} id @returns {Promise<import("./types").Moment[]>} */
export const moments = (id) => call("GET", `${path(id)}/moments`);

/** @param {string} id @param {number} iteration @returns {Promise<import("./types").Tensors>} */
export const moment = (id, iteration) => call("GET", `${path(id)}/moments/${iteration}`);

/**
 * @param {string} id
 * @param {{pixels: number[], label?: number, iteration?: number}} image
 * @returns {Promise<import("./types").Prediction>}
 */
export const predict = (id, image) => call("POST", `${path(id)}/predict`, { body: image });

/** @param {string} id @param {number | null} iteration @returns {Promise<{iteration: number, matrix: number[][]}>} */
export const confusion = (id, iteration) => call("GET", `${path(id)}/confusion${query({ iteration })}`);

/**
 * @param {string} id
 * @param {{label?: number | null, answer?: number | null, limit?: number, offset?: number, iteration?: number | null}} wanted
 * @returns {Promise<{total: number, samples: import("./types").Sample[]}>}
 */
export const samples = (id, wanted) => call("GET", `${path(id)}/samples${query(wanted)}`);

/** @param {string} id @param {AbortSignal} signal */
export const check = (id, signal) => call("POST", `${path(id)}/check`, { body: { samples: 3 }, signal });

/** @param {string} id @returns {Promise<null>} */
export const remove = (id) => call("DELETE", path(id));

/** @param {string} id @returns {Promise<Run>} */
export const restore = (id) => call("POST", `${path(id)}/restore`);

/** A new run that begins with the weights of a file. @param {File} file @returns {Promise<Run>} */
export const bring = (file) => upload(`/api/runs/import?name=${encodeURIComponent(file.name)}`, file);

/** @param {string} id @param {string} file @returns {string} */
export const fileAddress = (id, file) => `${path(id)}/${file}`;

/** @param {string} id */
export const raceAddress = (id) => socketAddress(`${path(id)}/race`);

/** @param {string} id @param {number} after @param {boolean} looks whether looks inside are wanted too */
export const streamAddress = (id, after, looks) =>
  socketAddress(`${path(id)}/stream?after=${after}${looks ? "" : "&tensors=0"}`);

/** @param {string} path */
function socketAddress(path) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}

/** @param {Record<string, number | null | undefined>} wanted what is null is left out */
function query(wanted) {
  const given = Object.entries(wanted).filter(([, value]) => value !== null && value !== undefined);
  return given.length > 0 ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}
