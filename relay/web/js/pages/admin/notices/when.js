/** Times of notices: kept in UTC, written and read in the person's own zone. */

/** @import { Texts } from "../../../core/texts.js" */

/**
 * With the zone, since colleagues may sit elsewhere: 27 Sept 2026, 14:05 CEST.
 * @param {Texts} texts
 * @param {number} at
 */
export function moment(texts, at) {
  const format = new Intl.DateTimeFormat(texts.language, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return format.format(at);
}

/** What the person's clock goes by, as Europe/Berlin. */
export function zone() {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/**
 * A moment as a `datetime-local` field holds it: local, without its zone.
 * @param {number} at
 */
export function toField(at) {
  const local = new Date(at);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const day = `${String(local.getFullYear()).padStart(4, "0")}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
  return `${day}T${two(local.getHours())}:${two(local.getMinutes())}`;
}

/**
 * The moment that a `datetime-local` field names; null when it holds none.
 * @param {string} value
 */
export function fromField(value) {
  const at = value ? new Date(value).getTime() : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
