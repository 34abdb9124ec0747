/** What a representative can do in a session, and why something cannot be done now. Pure. */

import { customerName } from "../../chat/lines.js";
import { linkWords, whyNot } from "../../chat/state.js";
import { customer, helpers } from "../../core/view.js";

/** @import { NoticeChoice, RequestTag } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/** @typedef {"pass" | "invite" | "leave" | "notice" | "program" | "end"} Act */

/** The request behind each act. @type {Readonly<Record<Act, RequestTag>>} */
const REQUESTS = {
  pass: "session.transfer",
  invite: "invitation.make",
  leave: "session.leave",
  notice: "notice.send",
  program: "client.offer",
  end: "session.end",
};

/** The permission that an act needs beside taking customers. @type {Readonly<Partial<Record<Act, string>>>} */
export const NEEDS = { pass: "session.transfer", invite: "session.invite", notice: "notice.send" };

/**
 * Why `act` cannot be done now, or nothing when it can.
 * @param {Texts} texts
 * @param {View} view
 * @param {Act} act
 * @param {readonly NoticeChoice[]} notices the active ones
 */
export function reason(texts, view, act, notices) {
  const request = REQUESTS[act];
  const now = view.snapshot ? whyNot(texts, view, request) : linkWords(texts, view.link);
  if (now) return now;
  // An invitation or a notice more may follow at once; everything else is done once.
  const repeats = act === "invite" || act === "notice";
  const waits = view.pending.some((one) => one.request.t === request && !one.why);
  return (waits && !repeats && texts.t("desk.under_way")) || unfit(texts, view, act, notices);
}

/**
 * @param {Texts} texts
 * @param {View} view
 * @param {Act} act
 * @param {readonly NoticeChoice[]} notices
 */
function unfit(texts, view, act, notices) {
  const name = customerName(view, texts);
  const told = new Set(view.snapshot?.notices.map(({ notice }) => notice));
  switch (act) {
    case "leave":
      return helpers(view).length < 2 ? texts.t("desk.leave_alone") : "";
    case "notice":
      if (!notices.length) return texts.t("desk.notice_none");
      return notices.every(({ id }) => told.has(id)) ? texts.t("desk.notice_all", { name }) : "";
    case "program":
      return customer(view)?.door === "client" ? texts.t("desk.program_there", { name }) : "";
    default:
      return "";
  }
}
