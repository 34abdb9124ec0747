/** Times as people read them. All stamps are milliseconds since 1970 (UTC). */

/**
 * @import { Texts } from "./texts.js"
 * @import { QueuePlace } from "../protocol.js"
 */

const MINUTE = 60_000;

/**
 * The time of day, as 10:31.
 * @param {Texts} texts
 * @param {number} at
 */
export function clock(texts, at) {
  const format = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(texts.language, /** @type {any} */ (format)).format(at);
}

/** A name for the local day of `at`, the same for all its moments. @param {number} at */
export function dayKey(at) {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

/**
 * Today, yesterday, or the date.
 * @param {Texts} texts
 * @param {number} at
 * @param {number} now
 */
export function dayName(texts, at, now) {
  if (dayKey(at) === dayKey(now)) return texts.t("chat.today");
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(at) === dayKey(yesterday.getTime())) return texts.t("chat.yesterday");
  const format = new Intl.DateTimeFormat(texts.language, { dateStyle: "full" });
  return format.format(at);
}

/**
 * How long ago, up to an hour; then the time of day.
 * @param {Texts} texts
 * @param {number} at
 * @param {number} now
 */
export function ago(texts, at, now) {
  const minutes = Math.floor((now - at) / MINUTE);
  if (minutes < 1) return texts.t("time.just_now");
  return minutes < 60 ? texts.count("time.minutes", minutes) : clock(texts, at);
}

/** A span of time as 9:41, never negative. @param {number} ms */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A span of time that may last for hours, as 9:41 or 1:09:41. @param {number} ms */
export function lasted(ms) {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE);
  if (minutes < 60) return span(ms);
  return `${Math.floor(minutes / 60)}:${span(ms % (60 * MINUTE)).padStart(5, "0")}`;
}

/**
 * How long somebody at a place in the queue will wait, as far as anybody knows.
 * @param {Texts} texts
 * @param {QueuePlace} place
 */
export function waitWords(texts, { leastS, mostS, onDuty }) {
  if (leastS == null || mostS == null) return onDuty ? texts.t("waiting.unknown") : "";
  const least = Math.floor(leastS / 60);
  const most = Math.floor(mostS / 60);
  if (least < 1) return texts.count("waiting.under", most);
  return texts.t("waiting.range", { least, most });
}
