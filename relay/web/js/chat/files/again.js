/** Steps over a link that may break: taken again and again, until they are taken or cannot be. */

import { delayS } from "../../core/backoff.js";
import { Refusal, Unreachable } from "../../core/http.js";

/** @import { ErrorCode } from "../../protocol.js" */

/** After these nothing is gained by trying again. @type {ReadonlySet<ErrorCode>} */
const FINAL = new Set(["forbidden", "not_now", "signed_out", "too_large"]);

/**
 * What `step` gives, as soon as it does. Throws what no other try would mend, and when `signal` aborts.
 * @template T
 * @param {() => Promise<T>} step
 * @param {AbortSignal} signal
 * @param {(lost: boolean) => void} tell whether it waits for the link
 * @returns {Promise<T>}
 */
export async function again(step, signal, tell) {
  for (let tries = 0; ; tries++) {
    try {
      const done = await step();
      if (tries) tell(false);
      return done;
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      tell(true);
      const leastS = error instanceof Refusal ? error.retryAfterS : 0;
      await pause((leastS + delayS(tries, Math.random())) * 1000, signal);
    }
  }
}

/** Whether the same may succeed later. @param {unknown} error */
function isPassing(error) {
  if (error instanceof Unreachable) return true;
  if (!(error instanceof Refusal) || FINAL.has(error.code)) return false;
  // Another length, or another sum, stays that.
  return error.field !== "size" && error.field !== "sha256";
}

/**
 * Wait, but no longer than until the network is back. Rejects when `signal` aborts.
 * @param {number} ms
 * @param {AbortSignal} signal
 */
function pause(ms, signal) {
  return new Promise((go, stop) => {
    const over = new AbortController();
    const done = () => {
      over.abort();
      clearTimeout(timer);
      if (signal.aborted) stop(signal.reason);
      else go(undefined);
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done, { signal: over.signal });
    signal.addEventListener("abort", done, { signal: over.signal });
  });
}
