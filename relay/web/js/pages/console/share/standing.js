/** How one stands with the customer's screen: what one holds, what is asked, what can be done. Pure. */

import { customerName, nameOf } from "../../../chat/lines.js";
import { linkWords } from "../../../chat/state.js";
import { askedBy, heldBy } from "../../../core/sharing.js";
import { clock, span } from "../../../core/time.js";
import { allows, customer, helpers } from "../../../core/view.js";
import { SHARING } from "../../../protocol_more.js";
import { shareEvent } from "./lines.js";

/** @import { Grant, GrantAsked, GrantGiven, RequestTag, SessionFact, ShareState } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */
/** @import { Start } from "../../../screen/viewer.js" */

/**
 * `start` is what may be watched now; `me` is one's own number on the channel; `others` are the
 * names of those who see the screen too, `driver` of the one among them who controls it.
 * @typedef {object} Standing
 * @property {ShareState} state
 * @property {GrantGiven | null} sees
 * @property {GrantGiven | null} controls
 * @property {GrantAsked | null} asksToSee
 * @property {GrantAsked | null} asksForControl
 * @property {Start | null} start
 * @property {number} me
 * @property {string[]} others
 * @property {string} driver
 */

/**
 * What one can do: ask to see, for control, for what the customer copies, to put text on their
 * clipboard; give control back, end the share.
 * @typedef {"see" | "control" | "copy" | "paste" | "return" | "stop"} ShareAct
 */
/** What can be asked for. @typedef {Exclude<ShareAct, "return" | "stop">} Wanted */

/** @type {Readonly<Record<ShareAct, RequestTag>>} */
const REQUESTS = {
  see: "grant.ask",
  control: "grant.ask",
  copy: "grant.ask",
  paste: "grant.ask",
  return: "grant.return",
  stop: "share.stop",
};

/** @type {Readonly<Record<ShareAct, Grant>>} */
export const GRANTS = { see: "view", control: "control", copy: "copy", paste: "paste", return: "control", stop: "view" };

/** What a role must allow beside seeing. @type {Readonly<Partial<Record<Wanted, string>>>} */
const NEEDS = { control: "screen.control", copy: "screen.clipboard", paste: "screen.clipboard" };

/** After a no, the same question cannot be put again for so long. */
const AGAIN_MS = 60_000;

/**
 * @param {View} view
 * @param {Texts} texts
 * @returns {Standing | null} null before anything is known
 */
export function standing({ snapshot, ...view }, texts) {
  if (!snapshot) return null;
  const { sharing, participants } = snapshot;
  const { me } = view;
  const sees = heldBy(sharing, me, "view");
  const { share, epoch, state } = sharing;
  const whole = { snapshot, ...view };
  const others = helpers(whole).filter(({ id }) => id !== me && heldBy(sharing, id, "view"));
  const driver = others.find(({ id }) => heldBy(sharing, id, "control"));
  return {
    state,
    sees,
    controls: heldBy(sharing, me, "control"),
    asksToSee: askedBy(sharing, me, "view"),
    asksForControl: askedBy(sharing, me, "control"),
    start: sees && state === "on" ? { share, epoch } : null,
    me: participants.findIndex(({ id }) => id === me),
    others: others.map(({ id }) => nameOf(whole, texts, id)),
    driver: driver ? nameOf(whole, texts, driver.id) : "",
  };
}

/**
 * Why `act` cannot be done now, or nothing when it can.
 * @param {Texts} texts
 * @param {View} view
 * @param {ShareAct} act
 * @param {(permission: string) => boolean} may
 * @param {number} now by the relay's clock
 */
export function reason(texts, view, act, may, now) {
  const { link, snapshot } = view;
  if (link.name !== "online" || !snapshot) return linkWords(texts, link);
  if (!allows(view, REQUESTS[act])) return texts.t("error.not_now");
  if (view.pending.some((one) => one.request.t === REQUESTS[act] && !one.why)) return texts.t("desk.under_way");
  if (act === "stop") {
    const allowed = SHARING.share[snapshot.sharing.state].representative.includes("share.stop");
    return allowed ? "" : texts.t("console.share_nothing");
  }
  if (act === "return") return heldBy(snapshot.sharing, view.me, "control") ? "" : texts.t("error.not_now");
  return barred(texts, view, act, may) || answered(texts, view, act, now);
}

/**
 * Whether anybody could ask this customer, and oneself at all.
 * @param {Texts} texts
 * @param {View} view
 * @param {Wanted} act
 * @param {(permission: string) => boolean} may
 */
function barred(texts, view, act, may) {
  const name = customerName(view, texts);
  const person = customer(view);
  const need = NEEDS[act];
  if (!may("screen.view") || (need && !may(need))) return texts.t("console.share_forbidden");
  if (person?.door !== "client") return texts.t("console.share_web_chat", { name });
  if (!view.present.has(person.id)) return texts.t("link.away", { name });
  const sees = view.snapshot && heldBy(view.snapshot.sharing, view.me, "view");
  return !sees && (act === "copy" || act === "paste") ? texts.t("console.share_see_first") : "";
}

/**
 * What the customer has said to it already.
 * @param {Texts} texts
 * @param {View} view
 * @param {Wanted} act
 * @param {number} now
 */
function answered(texts, { snapshot, me, ...view }, act, now) {
  if (!snapshot) return "";
  const grant = GRANTS[act];
  if (heldBy(snapshot.sharing, me, grant)) return texts.t("console.share_held");
  if (askedBy(snapshot.sharing, me, grant)) return texts.t("console.share_asked");
  const no = snapshot.log.findLast((fact) => isAnswer(fact, me, grant));
  if (no?.t !== "grant.over" || no.why !== "denied" || now - no.at >= AGAIN_MS) return "";
  const name = customerName({ snapshot, me, ...view }, texts);
  const left = span(no.at + AGAIN_MS - now);
  return texts.t("console.share_denied", { name, time: clock(texts, no.at), left });
}

/**
 * @param {SessionFact} fact
 * @param {string} me
 * @param {Grant} grant
 */
function isAnswer(fact, me, grant) {
  return (fact.t === "grant.over" || fact.t === "grant.given") && fact.to === me && fact.grant === grant;
}

/**
 * The newest thing that ended something of one's own, while nothing has followed it: why the picture
 * is gone, or what became of a question.
 * @param {Texts} texts
 * @param {View} view
 */
export function lastWord(texts, view) {
  const fact = view.snapshot?.log.findLast((one) => concerns(one, view.me));
  if (!fact || fact.t === "chat.posted" || !(fact.t === "grant.over" || fact.t === "share.ended")) return "";
  return `${shareEvent(fact, view, texts)} · ${clock(texts, fact.at)}`;
}

/**
 * @param {SessionFact} fact
 * @param {string} me
 */
function concerns(fact, me) {
  switch (fact.t) {
    case "grant.asked":
      return fact.by === me;
    case "grant.given":
    case "grant.over":
      return fact.to === me;
    case "share.ended":
      // Why nobody may see it any longer has been said before.
      return fact.why !== "nobody";
    default:
      return fact.t.startsWith("share.");
  }
}

/**
 * What is left of a grant for a time, or of the time to answer; nothing when it has no end.
 * @param {{ readonly at: number }} fact
 * @param {number} lastsS
 * @param {number} now by the relay's clock
 */
export function left({ at }, lastsS, now) {
  return lastsS ? span(at + lastsS * 1000 - now) : "";
}
