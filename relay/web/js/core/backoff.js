/** Delays before a new connection: full jitter, so that a thousand pages do not come at once. */

import { LIMITS } from "../protocol.js";

/**
 * Seconds to wait before try `n` (from 0); `random` is drawn from [0, 1).
 * @param {number} n
 * @param {number} random
 */
export function delayS(n, random) {
  const most = LIMITS.RECONNECT_FIRST_S * LIMITS.RECONNECT_GROWTH ** n;
  return random * Math.min(LIMITS.RECONNECT_MOST_S, most);
}
