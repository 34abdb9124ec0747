/** What a representative can do in a session, and why something cannot be done now. Pure. */

import { customerName } from "../../chat/lines.js";
import { linkWords, whyNot } from "../../chat/state.js";
import { clock } from "../../core/time.js";
import { customer, helpers } from "../../core/view.js";
import { LIMITS } from "../../protocol_more.js";

/** @import { NoticeChoice, RequestTag } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/** @typedef {"nudge" | "hold" | "pass" | "invite" | "leave" | "notice" | "link" | "program" | "end"} Act */

/** The request behind each act. @type {Readonly<Record<Act, RequestTag>>} */
const REQUESTS = {
  nudge: "nudge.send",
  hold: "session.hold",
  pass: "session.transfer",
  invite: "invitation.make",
  leave: "session.leave",
  notice: "notice.send",
  link: "link.push",
  program: "client.offer",
  end: "session.end",
};

/** The permission that an act needs beside taking customers. @type {Readonly<Partial<Record<Act, string>>>} */
export const NEEDS = {
  nudge: "nudge.send",
  pass: "session.transfer",
  invite: "session.invite",
  notice: "notice.send",
  link: "link.push",
};

/** What may follow at once; everything else is done once. @type {ReadonlySet<Act>} */
const REPEATS = new Set(["nudge", "invite", "notice", "link"]);

/**
 * Why `act` cannot be done now, or nothing when it can.
 * @param {Texts} texts
 * @param {View} view
 * @param {Act} act
 * @param {readonly NoticeChoice[]} notices the active ones
 * @param {number} now by the relay's clock, in ms
 */
export function reason(texts, view, act, notices, now) {
  const request = act === "hold" && view.snapshot?.holder ? "session.resume" : REQUESTS[act];
  const early = view.snapshot ? whyNot(texts, view, request) : linkWords(texts, view.link);
  if (early) return early;
  const waits = view.pending.some((one) => one.request.t === request && !one.why);
  return (waits && !REPEATS.has(act) && texts.t("desk.under_way")) || unfit(texts, view, act, notices, now);
}

/**
 * When the customer may be nudged (again), in ms by the relay's clock; 0: at any time.
 * @param {View} view
 * @param {number} now
 */
export function nudgeDue({ snapshot }, now) {
  const window = LIMITS.NUDGES_WINDOW_S * 1000;
  const recent = (snapshot?.log ?? []).filter(({ t, at }) => t === "nudge.sent" && at > now - window);
  const oldest = recent.at(-LIMITS.NUDGES);
  return oldest ? oldest.at + window : 0;
}

/**
 * @param {Texts} texts
 * @param {View} view
 * @param {Act} act
 * @param {readonly NoticeChoice[]} notices
 * @param {number} now
 */
function unfit(texts, view, act, notices, now) {
  const name = customerName(view, texts);
  const told = new Set(view.snapshot?.notices.map(({ notice }) => notice));
  switch (act) {
    case "nudge":
      return unheard(texts, view, now);
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

/**
 * Why a nudge would not be heard, or has been heard too often.
 * @param {Texts} texts
 * @param {View} view
 * @param {number} now
 */
function unheard(texts, view, now) {
  const name = customerName(view, texts);
  if (!view.present.has(customer(view)?.id ?? "")) return texts.t("desk.nudge_absent", { name });
  const due = nudgeDue(view, now);
  return due ? texts.t("desk.nudge_often", { name, n: LIMITS.NUDGES, time: clock(texts, due) }) : "";
}
