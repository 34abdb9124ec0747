/** Sizes, speeds and the time a transfer still takes, as people read them. Pure. */

/** @import { Texts } from "../../core/texts.js" */

/** @type {readonly (readonly [number, string, number])[]} From, unit, digits behind the point. */
const UNITS = [
  [1e9, "GB", 1],
  [1e6, "MB", 1],
  [1e3, "kB", 0],
];

/**
 * 3.1 MB.
 * @param {Texts} texts
 * @param {number} bytes
 */
export function size(texts, bytes) {
  const [from, unit, digits] = UNITS.find(([least]) => bytes >= least) ?? [1, "", 0];
  const number = new Intl.NumberFormat(texts.language, { maximumFractionDigits: digits }).format(bytes / from);
  return unit ? `${number}\u00a0${unit}` : texts.count("file.bytes", bytes);
}

/**
 * How long still, as 4 s, 3 min or 2 h; nothing while nobody can know.
 * @param {Texts} texts
 * @param {number} s
 */
export function timeLeft(texts, s) {
  if (!Number.isFinite(s)) return "";
  if (s < 60) return texts.t("file.left_s", { n: Math.max(1, Math.ceil(s)) });
  const key = s < 3600 ? "file.left_min" : "file.left_h";
  return texts.t(key, { n: Math.round(s / (s < 3600 ? 60 : 3600)) });
}

/**
 * 62 % · 1.2 MB/s · 4 s left.
 * @param {Texts} texts
 * @param {number} done bytes
 * @param {number} whole bytes
 * @param {number} speed bytes a second; 0 when it is not known
 */
export function progress(texts, done, whole, speed) {
  const parts = [texts.t("font.percent", { n: percent(done, whole) })];
  if (speed > 0) {
    parts.push(texts.t("file.speed", { size: size(texts, Math.round(speed)) }));
    if (done < whole) parts.push(timeLeft(texts, (whole - done) / speed));
  }
  return parts.join(" · ");
}

/**
 * Whole percent; 100 only for all of it.
 * @param {number} done
 * @param {number} whole
 */
export function percent(done, whole) {
  return whole > 0 ? Math.floor((Math.min(done, whole) / whole) * 100) : 100;
}
