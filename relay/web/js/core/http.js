/** Calls to the relay, and the one shape of its error answers. */

/** @import { ErrorCode, Problem } from "../protocol.js" */
/** @import { Texts } from "./texts.js" */

/** The relay answered with a `Problem`. */
export class Refusal extends Error {
  /** @param {Pick<Problem, "code"> & Partial<Problem>} problem */
  constructor({ code, detail = "", field = "", retryAfterS = 0 }) {
    super(code);
    /** @type {ErrorCode} */
    this.code = code;
    this.detail = detail;
    this.field = field;
    this.retryAfterS = retryAfterS;
  }
}

/** No answer came: no network, or no relay. */
export class Unreachable extends Error {}

/**
 * The JSON that `path` answers. Throws `Refusal` or `Unreachable`.
 * @param {string} path
 * @returns {Promise<any>}
 */
export function get(path) {
  return call(path, { method: "GET" });
}

/**
 * Post `body` as JSON; the JSON of the answer, or null. Throws `Refusal` or `Unreachable`.
 * @param {string} path
 * @param {object} [body]
 * @param {AbortSignal} [signal] gives up waiting
 * @returns {Promise<any>}
 */
export function post(path, body = {}, signal) {
  const headers = { "Content-Type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body), ...(signal && { signal }) });
}

/**
 * The JSON of the answer, or null. Throws `Refusal` or `Unreachable`.
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<any>}
 */
export async function call(path, init) {
  const body = await (await answer(path, init)).text().catch(unreachable);
  return body ? JSON.parse(body) : null;
}

/**
 * The answer whose body has still to be read. Throws `Refusal` or `Unreachable`.
 * @param {string} path
 * @param {RequestInit} init
 */
export async function answer(path, init) {
  const response = await fetch(path, { ...init, credentials: "same-origin" }).catch(unreachable);
  if (response.ok) return response;
  throw new Refusal(problemIn(await response.text().catch(unreachable)));
}

/** @param {unknown} error @returns {never} */
function unreachable(error) {
  throw new Unreachable(String(error));
}

/**
 * A proxy before the relay may answer in its own words: that is our `internal`.
 * @param {string} body
 * @returns {Problem}
 */
function problemIn(body) {
  try {
    const problem = JSON.parse(body);
    if (typeof problem.code === "string") return problem;
  } catch {
    // Not JSON, so not from the relay.
  }
  return { code: "internal", detail: "", field: "", retryAfterS: 0 };
}

/**
 * What to tell a person about a failed call.
 * @param {Texts} texts
 * @param {unknown} error
 */
export function sentence(texts, error) {
  if (error instanceof Refusal) return texts.t(`error.${error.code}`, { detail: error.detail });
  if (error instanceof Unreachable) return texts.t("page.unreachable");
  throw error;
}
