/**
 * The state of a session and the law that moves it on, as in `protocol/snapshot.py`; the shared
 * screen's part of it stands in `sharing.js`, that of files in `files.js`, that of
 * the desk in `desk.js`: a page takes them to it when it needs them.
 */

import { LIMITS } from "../protocol.js";

/** @import { AnyFact, DeskFact, Participant, SessionFact, Snapshot } from "../protocol.js" */

/** A fact is missing in between: the link must start again from what is held. */
export class OutOfOrder extends Error {}

/**
 * The snapshot after `fact` of its session; a fact already applied changes nothing. Throws
 * `OutOfOrder` when a fact is missing in between.
 * @param {Snapshot} snapshot
 * @param {AnyFact} fact
 * @returns {Snapshot}
 */
export function apply(snapshot, fact) {
  if (isDesk(fact) || !isNext(fact, snapshot.seq)) return snapshot;
  const log = [...snapshot.log, fact].slice(-LIMITS.LOG_LINES);
  return { ...snapshot, log, seq: fact.seq, ...changes(snapshot, fact) };
}

/**
 * Whether `fact` is new after number `held`. Throws `OutOfOrder` when one is missing in between.
 * @param {AnyFact} fact
 * @param {number} held
 */
export function isNext({ seq }, held) {
  if (seq > held + 1) throw new OutOfOrder(`fact ${seq} came after ${held}`);
  return seq > held;
}

/**
 * Whether it is for representatives only.
 * @param {AnyFact} fact
 * @returns {fact is DeskFact}
 */
export function isDesk(fact) {
  return fact.t === "note.posted" || fact.t === "invitation.made" || fact.t === "invitation.over";
}

/**
 * The parts of the snapshot that `fact` changes, beside the log.
 * @param {Snapshot} snapshot
 * @param {SessionFact} fact
 * @returns {Partial<Snapshot>}
 */
function changes(snapshot, fact) {
  const { answers, holder, left, notices, participants } = snapshot;
  switch (fact.t) {
    case "session.opened": {
      const state = fact.preparing ? "preparing" : "waiting";
      return { state, queue: fact.queue, participants: [fact.participant] };
    }
    case "question.asked":
      return { question: fact };
    case "question.answered":
      return { question: null, answers: [...answers, fact] };
    case "session.queued": {
      const gone = participants.filter(({ role }) => role !== "customer").map(({ id }) => id);
      return { state: "waiting", queue: fact.queue, left: gone, holder: "" };
    }
    case "session.accepted":
      return { state: "active", ...joined(snapshot, fact.participant) };
    case "representative.joined":
      return joined(snapshot, fact.participant);
    case "representative.left":
      return { left: [...left, fact.by], holder: holder === fact.by ? "" : holder };
    case "customer.moved":
      return { participants: [fact.participant, ...participants.slice(1)] };
    case "notice.told":
      return { notices: [...notices.filter(({ notice }) => notice !== fact.notice), fact] };
    case "notice.over":
      return { notices: notices.filter(({ notice }) => notice !== fact.notice) };
    case "session.ended":
      return { state: "ended", question: null, holder: "" };
    case "session.held":
      return { holder: fact.by };
    case "session.resumed":
      return { holder: "" };
    case "customer.reported":
      return { checks: fact.checks };
    default:
      return {};
  }
}

/**
 * Somebody who comes back keeps their place: it is their number on the channel.
 * @param {Snapshot} snapshot
 * @param {Participant} participant
 */
function joined({ left, participants }, participant) {
  const people = new Map([...participants, participant].map((one) => [one.id, one]));
  return { participants: [...people.values()], left: left.filter((id) => id !== participant.id) };
}

/**
 * Who helps in this session now, in the order they first came.
 * @param {Snapshot} snapshot
 */
export function representatives({ left, participants }) {
  return participants.filter(({ id, role }) => role === "representative" && !left.includes(id));
}
