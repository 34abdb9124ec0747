/** What the conversation's log says of the shared screen, in the console. Pure. */

import { customerName, event, nameOf } from "../../../chat/lines.js";

/** @import { GrantAsked, GrantGiven, GrantOver, ShareEnded } from "../../../protocol.js" */
/** @import { Event } from "../../../chat/lines.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */

/**
 * As `event` of `chat/lines.js`, with the shared screen.
 * @param {Event} fact
 * @param {View} view
 * @param {Texts} texts
 * @returns {string}
 */
export function shareEvent(fact, view, texts) {
  const customer = customerName(view, texts);
  switch (fact.t) {
    case "grant.asked":
      return asked(fact, view, texts);
    case "grant.given":
      return ofGrant(fact, `line.${fact.grant}_given`, view, texts);
    case "grant.over":
      return ofGrant(fact, `line.${fact.grant}_${fact.why}`, view, texts);
    case "share.started":
      return texts.t(`line.share_${fact.scope}`, { customer });
    case "share.paused":
      return texts.t(`line.share_paused_${fact.why}`, { customer });
    case "share.ended":
      return ended(fact, view, texts);
    default:
      return event(fact, view, texts);
  }
}

/**
 * @param {GrantAsked} fact
 * @param {View} view
 * @param {Texts} texts
 */
function asked({ by, grant, reason }, view, texts) {
  const words = texts.t(`line.${grant}_asked${by === view.me ? "_you" : ""}`, { name: nameOf(view, texts, by) });
  return reason ? texts.t("line.with_reason", { words, reason }) : words;
}

/**
 * What became of a representative's grant; with their name, where it is another's.
 * @param {GrantGiven | GrantOver} fact
 * @param {string} key
 * @param {View} view
 * @param {Texts} texts
 */
function ofGrant({ to }, key, view, texts) {
  const words = texts.t(key, { customer: customerName(view, texts) });
  return to === view.me ? words : texts.t("line.of_other", { name: nameOf(view, texts, to), words });
}

/**
 * @param {ShareEnded} fact
 * @param {View} view
 * @param {Texts} texts
 */
function ended({ by, why }, view, texts) {
  const own = why === "representative" && by === view.me ? "_you" : "";
  const names = { customer: customerName(view, texts), name: nameOf(view, texts, by) };
  return texts.t(`line.share_ended_${why}${own}`, names);
}
