/**
 * What SCREEN carries, as in `protocol/screen.py`. Pure. It comes from the customer's machine, so
 * every field is looked at before a page shows it.
 */

/** @import { InputRefusal, MonitorView, Obstacle, ScreenNews } from "../protocol.js" */
/** @import { Bytes } from "./channel.js" */

/** @type {readonly Obstacle[]} */
export const OBSTACLES = ["locked", "protected", "permission", "elevated", "system"];

/** @type {readonly InputRefusal[]} */
export const REFUSALS = [
  "moved",
  "behind",
  "outside",
  "unshared",
  "own",
  "resting",
  "too_many",
  "impossible",
  "failed",
];

const MOST_MONITORS = 32;
const DECODER = new TextDecoder("utf-8", { fatal: true });

/**
 * The message. Throws `RangeError` for what is none.
 * @param {Bytes} payload
 * @returns {ScreenNews}
 */
export function news(payload) {
  const message = parsed(payload);
  switch (message.t) {
    case "layout": {
      const monitors = listOf(message.monitors).map(monitor);
      const [number, shown] = [whole(message.number), whole(message.shown)];
      return { t: "layout", number, monitors, shown, width: whole(message.width), height: whole(message.height) };
    }
    case "obstacles":
      return { t: "obstacles", view: one(OBSTACLES, message.view), control: one(OBSTACLES, message.control) };
    case "input.resting":
      return { t: "input.resting", restMs: whole(message.restMs) };
    case "input.refused": {
      const why = one(REFUSALS, message.why);
      if (why) return { t: "input.refused", to: whole(message.to), seq: whole(message.seq), why };
    }
  }
  throw new RangeError("not a message about the screen");
}

/** @param {Bytes} payload @returns {Record<string, unknown>} */
function parsed(payload) {
  try {
    return fieldsOf(JSON.parse(DECODER.decode(payload)));
  } catch {
    throw new RangeError("not a message about the screen");
  }
}

/** @param {unknown} value @returns {MonitorView} */
function monitor(value) {
  const fields = fieldsOf(value);
  const [id, x, y, width, height] = [fields.id, fields.x, fields.y, fields.width, fields.height].map(whole);
  const name = typeof fields.name === "string" ? fields.name : "";
  return /** @type {MonitorView} */ ({ id, name, x, y, width, height, scale: whole(fields.scale ?? 100) });
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function fieldsOf(value) {
  if (typeof value !== "object" || value === null) throw new RangeError("no fields");
  return /** @type {Record<string, unknown>} */ (value);
}

/** @param {unknown} value @returns {unknown[]} */
function listOf(value) {
  if (!Array.isArray(value) || value.length > MOST_MONITORS) throw new RangeError("no list of monitors");
  return value;
}

/** @param {unknown} value */
function whole(value) {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new RangeError("no number");
  return value;
}

/**
 * One of these words, or null: also for a word that only a later version knows.
 * @template {string} W
 * @param {readonly W[]} words
 * @param {unknown} value
 * @returns {W | null}
 */
function one(words, value) {
  return words.find((word) => word === value) ?? null;
}
