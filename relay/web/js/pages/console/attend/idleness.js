/** Whether anybody is here, by when something was last moved or typed. Pure. */

/** Before one counts as away, one is told. */
export const WARNING_MS = 60_000;

/** After how many minutes one may choose to count as away; 0: never. */
export const CHOICES_MIN = /** @type {const} */ ([0, 5, 10, 15, 30, 60]);
export const USUAL_MIN = 30;

/** @typedef {"here" | "soon" | "away"} Attendance */

/**
 * @param {number} idleMs since something was last touched
 * @param {number} limitMin 0: one never counts as away
 * @returns {Attendance}
 */
export function attendance(idleMs, limitMin) {
  const limit = limitMin * 60_000;
  if (limit === 0 || idleMs < limit - WARNING_MS) return "here";
  return idleMs < limit ? "soon" : "away";
}

/**
 * The choice that a stored word stands for.
 * @param {string} stored
 */
export function limitOf(stored) {
  const minutes = Number(stored);
  return stored !== "" && CHOICES_MIN.some((one) => one === minutes) ? minutes : USUAL_MIN;
}
