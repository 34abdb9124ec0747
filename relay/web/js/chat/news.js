/** What happened that a person who looks elsewhere wants to know. Pure. */

import { plain, shortened } from "../core/markup.js";
import { event, nameOf } from "./lines.js";

/** @import { SessionFact } from "../protocol.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** @typedef {{ readonly title: string, readonly body: string }} News */

/**
 * The newest thing in `view` after fact `seq` that others did, or null.
 * @param {View} view
 * @param {Texts} texts
 * @param {number} seq
 * @returns {News | null}
 */
export function news(view, texts, seq) {
  const fact = view.snapshot?.log.findLast((one) => one.seq > seq && isNews(one, view.me));
  if (!fact) return null;
  switch (fact.t) {
    case "session.accepted": {
      const name = nameOf(view, texts, fact.participant.id);
      return { title: texts.t("notify.turn"), body: texts.t("notify.turn_text", { name }) };
    }
    case "chat.posted":
      return { title: nameOf(view, texts, fact.by), body: plain(fact.text) };
    case "link.pushed":
      return { title: nameOf(view, texts, fact.by), body: shortened(texts.t("line.link", { url: fact.url })) };
    case "nudge.sent":
      return { title: texts.t("notify.nudge", { name: nameOf(view, texts, fact.by) }), body: texts.t("notify.nudge_text") };
    case "notice.told":
      return { title: texts.t("steps.notice"), body: plain(fact.text) };
    case "question.asked":
      return { title: fact.title, body: plain(fact.text) };
    case "session.ended":
      return { title: texts.t("session.ended_title"), body: event(fact, view, texts) };
    case "file.asked":
    case "file.offered": {
      const name = nameOf(view, texts, fact.by);
      return { title: texts.t(fact.t === "file.asked" ? "file.news_asked" : "file.news_offered", { name }), body: "" };
    }
    default:
      return { title: event(fact, view, texts), body: "" };
  }
}

/** Facts of others that call somebody back who looks elsewhere. */
const TOLD = new Set([
  "chat.posted",
  "client.offered",
  "link.pushed",
  "file.asked",
  "file.offered",
  "notice.told",
  "nudge.sent",
  "question.asked",
  "session.ended",
  "session.queued",
]);

/**
 * @param {SessionFact} fact
 * @param {string} me
 */
function isNews(fact, me) {
  if (fact.t === "session.accepted") return fact.participant.id !== me;
  if (fact.t === "session.queued" && fact.cause === "entry") return false;
  return TOLD.has(fact.t) && !("by" in fact && fact.by === me);
}
