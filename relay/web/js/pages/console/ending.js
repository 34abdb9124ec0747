/** How a session ended, or why it goes on without this representative, in words. Pure. */

import { customerName, event, nameOf } from "../../chat/lines.js";
import { linkWords } from "../../chat/state.js";
import { helpers } from "../../core/view.js";
import { listed, queueName } from "./words.js";

/** @import { SessionEnded, SessionQueued } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/**
 * `ended`: for everybody; `passed`: somebody passed the customer on, or one left oneself; `away`:
 * the session goes on without this page.
 * @typedef {{ readonly kind: "ended" | "passed" | "away", readonly words: string }} Ending
 */

/**
 * Why this representative's part in the session is over; null while it is not.
 * @param {Texts} texts
 * @param {View} view
 * @returns {Ending | null}
 */
export function ending(texts, view) {
  const { link, me, snapshot } = view;
  if (snapshot?.state === "ended") {
    const fact = snapshot.log.findLast(({ t }) => t === "session.ended");
    const why = fact?.t === "session.ended" ? endWords(texts, view, fact) : "";
    return { kind: "ended", words: why || texts.t("session.ended_title") };
  }
  if (me && snapshot?.left.includes(me)) return left(texts, view);
  if (link.name !== "closed") return null;
  return { kind: "away", words: link.why === "gone" ? texts.t("desk.gone") : linkWords(texts, link) };
}

/**
 * @param {Texts} texts
 * @param {View} view
 * @param {SessionEnded} fact
 */
function endWords(texts, view, fact) {
  const customer = customerName(view, texts);
  switch (fact.reason) {
    case "declined":
    case "unanswered":
      return texts.t(fact.reason === "declined" ? "chat.desk_declined" : "chat.desk_unanswered", { customer });
    case "notice":
      return texts.t("desk.ended_notice", { customer });
    default:
      return event(fact, view, texts);
  }
}

/**
 * @param {Texts} texts
 * @param {View} view
 * @returns {Ending}
 */
function left(texts, view) {
  const customer = customerName(view, texts);
  const fact = view.snapshot?.log.findLast(
    (one) => one.t === "session.queued" || (one.t === "representative.left" && one.by === view.me),
  );
  if (fact?.t === "session.queued") return queued(texts, view, fact);
  if (fact?.t === "representative.left" && fact.why === "left") {
    return { kind: "passed", words: texts.t("desk.left_you", { customer }) };
  }
  if (fact?.t === "representative.left" && fact.why === "removed") {
    return { kind: "passed", words: texts.t("desk.removed", { customer, name: nameOf(view, texts, fact.remover) }) };
  }
  const names = listed(texts, helpers(view).map(({ id }) => nameOf(view, texts, id)));
  return { kind: "away", words: texts.t("desk.dropped", { customer, names }) };
}

/**
 * @param {Texts} texts
 * @param {View} view
 * @param {SessionQueued} fact
 * @returns {Ending}
 */
function queued(texts, view, fact) {
  const customer = customerName(view, texts);
  if (fact.cause !== "transfer") return { kind: "away", words: texts.t("desk.back", { customer }) };
  const words =
    fact.by === view.me
      ? texts.t("desk.passed_you", { customer, queue: queueName(texts, fact.queue) })
      : event(fact, view, texts);
  return { kind: "passed", words };
}
