/** What happened that a person who looks elsewhere wants to know. Pure. */

import { spans } from "../core/markup.js";
import { nameOf } from "./lines.js";

/** @import { SessionFact } from "../protocol.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** @typedef {{ readonly title: string, readonly body: string }} News */

const MOST_CHARS = 80;

/**
 * The newest thing in `view` after fact `seq` that others did, or null.
 * @param {View} view
 * @param {Texts} texts
 * @param {number} seq
 * @returns {News | null}
 */
export function news(view, texts, seq) {
  const fact = view.snapshot?.log.findLast((one) => one.seq > seq && isNews(one, view.me));
  switch (fact?.t) {
    case "session.accepted": {
      const name = nameOf(view, texts, fact.participant.id);
      return { title: texts.t("notify.turn"), body: texts.t("notify.turn_text", { name }) };
    }
    case "chat.posted":
      return { title: nameOf(view, texts, fact.by), body: shortened(plain(fact.text)) };
    default:
      return null;
  }
}

/**
 * @param {SessionFact} fact
 * @param {string} me
 */
function isNews(fact, me) {
  if (fact.t === "chat.posted") return fact.by !== me;
  return fact.t === "session.accepted" && fact.participant.id !== me;
}

/** A chat line without its markers, on one line. @param {string} text */
function plain(text) {
  return spans(text).map(([, part]) => part).join("").replace(/\s+/g, " ").trim();
}

/**
 * At most `MOST_CHARS` code points, so that no character is cut in two.
 * @param {string} text
 */
export function shortened(text) {
  const chars = [...text];
  return chars.length <= MOST_CHARS ? text : `${chars.slice(0, MOST_CHARS - 1).join("").trimEnd()}…`;
}
