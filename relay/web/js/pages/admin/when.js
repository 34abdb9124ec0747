/** Times of the administration: how long ago, up to an hour; today the clock; else the date. */

import { ago, dayKey } from "../../core/time.js";

/** @import { Texts } from "../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {number} at
 * @param {number} now
 */
export function when(texts, at, now) {
  if (dayKey(at) === dayKey(now)) return ago(texts, at, now);
  const format = new Intl.DateTimeFormat(texts.language, { dateStyle: "medium", timeStyle: "short" });
  return format.format(at);
}
