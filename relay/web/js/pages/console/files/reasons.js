/** What a representative can do about files, and why something cannot be done now. Pure. */

import { whyNotAsk, whyNotOffer } from "../../../chat/files/reasons.js";
import { transfersOf } from "../../../chat/files/list.js";
import { customerName } from "../../../chat/lines.js";
import { clock, span } from "../../../core/time.js";

/** @import { FileAct } from "../../../chat/files/standing.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */

/** After a no, the same question is not put again for so long. */
const AGAIN_MS = 60_000;

/** What each act needs beside the session itself. @type {Readonly<Partial<Record<FileAct, string>>>} */
const NEEDS = {
  accept: "file.receive",
  fetch: "file.receive",
  resave: "file.receive",
  link: "file.receive",
  have: "file.receive",
  choose: "file.send",
  again: "file.send",
};

/**
 * Why no file can be sent to the customer now, or nothing.
 * @param {Texts} texts
 * @param {View} view
 * @param {(permission: string) => boolean} may
 */
export function sendReason(texts, view, may) {
  return whyNotOffer(texts, view, may("file.send"));
}

/**
 * Why the customer cannot be asked for a file now, or nothing.
 * @param {Texts} texts
 * @param {View} view
 * @param {(permission: string) => boolean} may
 * @param {number} now by the relay's clock
 */
export function askReason(texts, view, may, now) {
  return whyNotAsk(texts, view, may("file.receive")) || denied(texts, view, now);
}

/**
 * Why one's role bars something that can be done with a file, or nothing.
 * @param {Texts} texts
 * @param {FileAct} act
 * @param {(permission: string) => boolean} may
 */
export function actReason(texts, act, may) {
  const need = NEEDS[act];
  return need === undefined || may(need) ? "" : texts.t("console.share_forbidden");
}

/**
 * What the customer has said to one's last question.
 * @param {Texts} texts
 * @param {View} view
 * @param {number} now
 */
function denied(texts, view, now) {
  const asked = transfersOf(view).findLast((one) => one.asked === view.me);
  if (asked?.why !== "declined") return "";
  const no = view.snapshot?.log.findLast((fact) => fact.t === "file.over" && fact.id === asked.id);
  if (!no || now - no.at >= AGAIN_MS) return "";
  const fields = { name: customerName(view, texts), time: clock(texts, no.at), left: span(no.at + AGAIN_MS - now) };
  return texts.t("console.share_denied", fields);
}
