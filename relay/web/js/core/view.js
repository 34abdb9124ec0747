/** A session as this page knows it, and how each message changes it. Pure. */

import { LEGAL, LIMITS } from "../protocol.js";
import { apply } from "./snapshot.js";

/** @import { AnyFact, AnySignal, Participant, QueuePlace, RequestTag, Role, Snapshot, Welcome } from "../protocol.js" */
/** @import { LinkState } from "./link.js" */
/** @import { Pending } from "./outbox.js" */

/**
 * `me` is this page's participant; `typing` says until when (ms) a mark stands; `pending` are the
 * requests that the relay has not committed.
 * @typedef {object} View
 * @property {Role} role
 * @property {LinkState} link
 * @property {string} me
 * @property {Snapshot | null} snapshot
 * @property {ReadonlySet<string>} present
 * @property {Readonly<Record<string, number>>} seen
 * @property {Readonly<Record<string, number>>} typing
 * @property {QueuePlace | null} place
 * @property {readonly Pending[]} pending
 */

/**
 * What is known before the first welcome.
 * @param {Role} role
 * @returns {View}
 */
export function unknown(role) {
  return {
    role,
    link: { name: "connecting" },
    me: "",
    snapshot: null,
    present: new Set(),
    seen: {},
    typing: {},
    place: null,
    pending: [],
  };
}

/**
 * The parts of `view` that `message` changes. Throws `OutOfOrder` when a fact is missing.
 * @param {View} view
 * @param {AnyFact | AnySignal} message
 * @param {number} now
 * @returns {Partial<View>}
 */
export function heard(view, message, now) {
  switch (message.t) {
    case "welcome":
      return welcomed(view, message);
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
    case "session.opened":
    case "session.accepted":
    case "session.ended":
    case "note.posted":
      return { snapshot: after(view, message) };
    case "chat.posted":
      return { snapshot: after(view, message), typing: { ...view.typing, [message.by]: 0 } };
    default:
      return {};
  }
}

/**
 * @param {View} view
 * @param {Welcome} welcome
 * @returns {Partial<View>}
 */
function welcomed(view, { participant, snapshot, present, seen }) {
  return {
    me: participant,
    snapshot: snapshot ?? view.snapshot,
    present: new Set(present),
    seen,
    typing: {},
  };
}

/**
 * @param {View} view
 * @param {AnyFact} fact
 */
function after(view, fact) {
  return view.snapshot && apply(view.snapshot, fact);
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
  return LEGAL.session[view.snapshot.state][view.role].includes(request);
}

/**
 * How many lines of others this page's person has not seen.
 * @param {View} view
 */
export function unread(view) {
  const seen = view.seen[view.me] ?? 0;
  const log = view.snapshot?.log ?? [];
  return log.filter((f) => f.t === "chat.posted" && f.by !== view.me && f.seq > seen).length;
}

/**
 * The participant of `role` who came last.
 * @param {View} view
 * @param {Role} role
 * @returns {Participant | null}
 */
export function participant(view, role) {
  return view.snapshot?.participants.findLast((one) => one.role === role) ?? null;
}
