/** The speed of a transfer over its last seconds. Pure: the clock is the caller's. */

const WINDOW_MS = 8000;
const LEAST_MS = 400;

/** @typedef {{ readonly at: number, readonly done: number }} Sample */

/**
 * The samples with a newer one, and without those that are too old.
 * @param {readonly Sample[]} samples
 * @param {number} at ms
 * @param {number} done bytes so far
 * @returns {readonly Sample[]}
 */
export function sampled(samples, at, done) {
  const last = samples.at(-1);
  if (last && done < last.done) return [{ at, done }];
  const young = samples.filter((one) => at - one.at <= WINDOW_MS);
  // One stays from before the window, so that a slow link still has a speed.
  const kept = young.length ? young : samples.slice(-1);
  return [...kept, { at, done }];
}

/**
 * Bytes a second; 0 while too little is known.
 * @param {readonly Sample[]} samples
 */
export function speed(samples) {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < LEAST_MS) return 0;
  return ((last.done - first.done) / (last.at - first.at)) * 1000;
}
