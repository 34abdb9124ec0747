/** What a card says of a file, and what can be done with it. Pure. */

import { customer, helpers } from "../../core/view.js";
import { nameOf } from "../lines.js";
import { MOST_BYTES } from "./limits.js";
import { legal, sideOf } from "./list.js";
import { shownName } from "./names.js";
import { speed } from "./rate.js";
import { percent, progress, size } from "./words.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Shown } from "./list.js" */
/** @import { Sample } from "./rate.js" */

/**
 * A file on its way, as this page knows it. `up` and `down` are carried by this page, `told` by
 * others; `lost`: by this page, as soon as there is a link; `failed` for good, and `why` in words;
 * `saved`: handed to the browser. `held`: this page has the file to send.
 * @typedef {object} Moving
 * @property {"" | "up" | "down" | "saved" | "failed"} phase
 * @property {boolean} lost
 * @property {boolean} held
 * @property {readonly Sample[]} samples
 * @property {string} why
 */

/** @type {Moving} */
export const STILL = { phase: "", lost: false, held: false, samples: [], why: "" };

/**
 * `fetch` saves it, `resave` once more; `link` lets the browser fetch it, `have` says that it has;
 * `again` goes on with what could not go on.
 * @typedef {"accept" | "decline" | "choose" | "refuse" | "cancel" | "again" | "fetch" | "resave" | "link"
 *   | "have"} FileAct
 */

/**
 * `done` is in percent, or null where there is no bar; `under` the progress in words; `sum` the
 * SHA-256 where it is known; `tone` says how it ended.
 * @typedef {object} FileCard
 * @property {string} name
 * @property {string} size
 * @property {string} words
 * @property {string} reason
 * @property {number | null} done
 * @property {string} under
 * @property {readonly FileAct[]} acts
 * @property {string} sum
 * @property {"" | "good" | "bad"} tone
 */

/**
 * @param {View} view
 * @param {Shown} one
 * @param {Moving} moving
 * @param {Texts} texts
 * @returns {FileCard}
 */
export function cardOf(view, one, moving, texts) {
  const side = sideOf(view, one);
  const carried = one.state === "sending" || (one.state === "stored" && moving.samples.length > 0);
  const moves = carried && (side !== "sender" || one.state === "stored" || moving.held);
  const done = moves ? (moving.samples.at(-1)?.done ?? 0) : 0;
  const whole = one.state === "sending" && done >= one.size && side !== null;
  return {
    name: one.by ? shownName(one.name) : texts.t("file.asked_title"),
    size: one.by ? size(texts, one.size) : "",
    words: wordsOf(view, one, moving, texts, whole),
    reason: one.reason,
    done: moves ? percent(done, one.size) : null,
    under: moves && !whole ? progress(texts, done, one.size, moving.lost ? 0 : speed(moving.samples)) : "",
    acts: actsOf(view, one, moving),
    sum: one.sha256,
    tone: one.state === "taken" ? "good" : one.state === "over" || moving.phase === "failed" ? "bad" : "",
  };
}

/**
 * @param {View} view
 * @param {Shown} one
 * @param {Moving} moving
 * @param {Texts} texts
 * @param {boolean} whole all of it is sent
 */
function wordsOf(view, one, moving, texts, whole) {
  const side = sideOf(view, one);
  const fields = { name: nameOf(view, texts, one.by), customer: nameOf(view, texts, customer(view)?.id ?? "") };
  if (moving.phase === "failed" && one.state !== "over" && one.state !== "taken") return moving.why;
  switch (one.state) {
    case "none":
      return texts.t("file.pending");
    case "asked":
      return texts.t(questionKey(view, one), { ...fields, name: nameOf(view, texts, one.asked) });
    case "offered":
      return texts.t(side === "sender" ? "file.waits" : side ? "file.offers_you" : "file.offers", fields);
    case "sending":
      if (moving.lost) return texts.t("file.lost");
      if (side === "sender" && !moving.held) return texts.t("file.choose_again");
      return texts.t(whole ? "file.checking" : side === "sender" ? "file.sending" : "file.coming", fields);
    case "stored":
      return stored(view, one, moving, texts);
    case "taken":
      return one.who === view.me
        ? texts.t("file.saved")
        : texts.t("file.arrived", { name: nameOf(view, texts, one.who) });
    case "over":
      return overWords(view, one, texts);
  }
}

/**
 * @param {View} view
 * @param {Shown} one
 */
function questionKey(view, one) {
  if (one.asked === view.me) return "file.you_asked";
  return view.role === "customer" ? "file.asks_you" : "file.asks";
}

/**
 * @param {View} view
 * @param {Shown} one
 * @param {Moving} moving
 * @param {Texts} texts
 */
function stored(view, one, moving, texts) {
  if (sideOf(view, one) === "receiver") {
    if (moving.phase === "down") return texts.t(moving.lost ? "file.lost" : "file.fetching");
    return texts.t(one.size > MOST_BYTES ? "file.by_browser" : "file.ready");
  }
  const customerSent = one.by === customer(view)?.id;
  const name = customerSent ? receiver(view, one, texts) : nameOf(view, texts, customer(view)?.id ?? "");
  return texts.t("file.unfetched", { name });
}

/**
 * Who of the representatives asked for it or took it; else whoever helps.
 * @param {View} view
 * @param {Shown} one
 * @param {Texts} texts
 */
function receiver(view, { asked, accepted }, texts) {
  return nameOf(view, texts, accepted || asked || (helpers(view)[0]?.id ?? ""));
}

/**
 * Why it came to nothing.
 * @param {View} view
 * @param {Shown} one
 * @param {Texts} texts
 */
export function overWords(view, { who, why, by }, texts) {
  const own = who === view.me && (why === "declined" || why === "cancelled") ? "_you" : "";
  const question = why === "declined" && !by ? "_ask" : "";
  return texts.t(`file.over_${why}${question}${own}`, { name: nameOf(view, texts, who) });
}

/**
 * @param {View} view
 * @param {Shown} one
 * @param {Moving} moving
 * @returns {FileAct[]}
 */
function actsOf(view, one, moving) {
  const may = new Set(legal(view, one));
  const side = sideOf(view, one);
  /** @type {FileAct[]} */
  const acts = [];
  if (may.has("file.decline")) acts.push(one.by ? "decline" : "refuse");
  if (may.has("file.accept")) acts.push("accept");
  if (may.has("file.offer")) acts.push("choose");
  if (may.has("file.cancel")) acts.push("cancel");
  if (one.state === "sending" && side === "sender" && !moving.held && may.size) acts.push("again");
  if (one.state === "sending" && moving.phase === "failed") acts.push("again");
  if (isFetchable(view, one) && moving.phase !== "down") acts.push(...saving(one));
  return [...new Set(acts)];
}

/** @param {Shown} one @returns {FileAct[]} */
function saving({ size: bytes, state }) {
  const isThere = state === "taken";
  if (bytes > MOST_BYTES) return isThere ? ["link"] : ["have", "link"];
  return [isThere ? "resave" : "fetch"];
}

/**
 * Whether the relay has it for this person; it keeps what arrived until the session's end.
 * @param {View} view
 * @param {Shown} one
 */
export function isFetchable(view, one) {
  const kept = one.state === "stored" || one.state === "taken";
  return kept && view.snapshot?.state === "active" && sideOf(view, one) === "receiver";
}
