/** A session as this page knows it, and how each message changes it. Pure. */

import { LEGAL, LIMITS } from "../protocol.js";
import { apply, representatives } from "./snapshot.js";

/**
 * @import { AnyFact, AnySignal, ChatPosted, CodeMade, FileRules, Legal, LinkPushed, Participant,
 *   QueuePlace, Refused, RequestTag, Role, SessionFact, Snapshot, SurveyOffered, Welcome } from "../protocol.js"
 */
/** @import { LinkState } from "./link.js" */
/** @import { Pending } from "./outbox.js" */

/** @typedef {typeof apply} Law */
/**
 * `legal` is the table SESSION, as far as it is about `role`; `me` is this page's participant; `ahead` is how far the relay's clock is before this machine's,
 * in ms; `typing` says until when (ms) a mark stands; `hold` is the newest word to those who wait;
 * `code` the newest join code; `refusal` the newest request that the relay refused, beside chat
 * lines and notes, which show it themselves; `words` are the two that are compared on the phone;
 * `pending` are the requests that it has not committed; `rules` are those for files.
 * @typedef {object} View
 * @property {Role} role
 * @property {Legal} legal
 * @property {LinkState} link
 * @property {string} me
 * @property {number} ahead
 * @property {Snapshot | null} snapshot
 * @property {ReadonlySet<string>} present
 * @property {Readonly<Record<string, number>>} seen
 * @property {Readonly<Record<string, number>>} typing
 * @property {readonly string[]} words
 * @property {QueuePlace | null} place
 * @property {string} hold
 * @property {CodeMade | null} code
 * @property {SurveyOffered | null} survey
 * @property {(Pick<Refused, "code" | "detail"> & { readonly asked: RequestTag }) | null} refusal
 * @property {readonly Pending[]} pending
 * @property {FileRules | null} rules
 */

/**
 * What is known before the first welcome. A representative's page brings the `legal` of its own.
 * @param {Role} role
 * @param {Legal} [legal]
 * @returns {View}
 */
export function unknown(role, legal = LEGAL.session) {
  return {
    role,
    legal,
    link: { name: "connecting" },
    me: "",
    ahead: 0,
    snapshot: null,
    present: new Set(),
    seen: {},
    typing: {},
    words: [],
    place: null,
    hold: "",
    code: null,
    survey: null,
    refusal: null,
    pending: [],
    rules: null,
  };
}

/**
 * The parts of `view` that `message` changes, facts by `law`. Throws `OutOfOrder` when one is
 * missing.
 * @param {View} view
 * @param {AnyFact | AnySignal} message
 * @param {number} now
 * @param {Law} [law]
 * @returns {Partial<View>}
 */
export function heard(view, message, now, law = apply) {
  switch (message.t) {
    case "welcome":
      return welcomed(view, message, now);
    case "present":
      return { present: withMember(view.present, message.by, message.on) };
    case "seen":
      return { seen: { ...view.seen, [message.by]: message.seq } };
    case "typing": {
      const until = message.on ? now + LIMITS.TYPING_S * 1000 : 0;
      return { typing: { ...view.typing, [message.by]: until } };
    }
    case "queue.place":
      return { place: message };
    case "hold.message":
      return { hold: message.text };
    case "survey.offered":
      return { survey: message };
    case "code.made":
      return { code: message };
    default:
      return "at" in message ? told(view, message, law) : {};
  }
}

/**
 * @param {View} view
 * @param {AnyFact} fact
 * @param {Law} law
 * @returns {Partial<View>}
 */
function told(view, fact, law) {
  const snapshot = view.snapshot && law(view.snapshot, fact);
  if (fact.t === "chat.posted") return { snapshot, typing: { ...view.typing, [fact.by]: 0 } };
  // A new queue has its own place and its own words.
  return fact.t === "session.queued" ? { snapshot, place: null, hold: "" } : { snapshot };
}

/**
 * @param {View} view
 * @param {Welcome} welcome
 * @param {number} now
 * @returns {Partial<View>}
 */
function welcomed(view, welcome, now) {
  const { participant, snapshot, present, seen, words, files: rules, now: relays } = welcome;
  return {
    me: participant,
    ahead: relays ? relays - now : 0,
    snapshot: snapshot ?? view.snapshot,
    present: new Set(present),
    seen,
    words,
    typing: {},
    rules,
  };
}

/**
 * @param {ReadonlySet<string>} set
 * @param {string} member
 * @param {boolean} on
 */
function withMember(set, member, on) {
  const next = new Set(set);
  if (on) next.add(member);
  else next.delete(member);
  return next;
}

/**
 * Whether the table allows `request` now.
 * @param {View} view
 * @param {RequestTag} request
 */
export function allows(view, request) {
  if (!view.snapshot) return false;
  return view.legal[view.snapshot.state][view.role]?.includes(request) ?? false;
}

/**
 * How many lines of others this page's person has not seen.
 * @param {View} view
 */
export function unread(view) {
  const seen = view.seen[view.me] ?? 0;
  const log = view.snapshot?.log ?? [];
  return log.filter((fact) => isSaid(fact) && fact.by !== view.me && fact.seq > seen).length;
}

/**
 * Whether somebody said this: a line, or a page that is offered.
 * @param {SessionFact} fact
 * @returns {fact is ChatPosted | LinkPushed}
 */
export function isSaid(fact) {
  return fact.t === "chat.posted" || fact.t === "link.pushed";
}

/**
 * The session's customer.
 * @param {View} view
 * @returns {Participant | null}
 */
export function customer({ snapshot }) {
  return snapshot?.participants.find(({ role }) => role === "customer") ?? null;
}

/**
 * Who helps now, longest there first.
 * @param {View} view
 */
export function helpers({ snapshot }) {
  return snapshot ? representatives(snapshot) : [];
}

/**
 * The participant of `role` who is in the session and came last.
 * @param {View} view
 * @param {Role} role
 * @returns {Participant | null}
 */
export function participant(view, role) {
  return (role === "representative" ? helpers(view).at(-1) : customer(view)) ?? null;
}

/**
 * Whether the customer goes on in the program, and this page of theirs can only be read.
 * @param {View} view
 */
export function isMoved(view) {
  if (view.role !== "customer") return false;
  return (view.link.name === "closed" && view.link.why === "moved") || customer(view)?.door === "client";
}
