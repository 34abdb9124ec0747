/**
 * The state of a session and the law that moves it on, as in `protocol/snapshot.py`; the shared
 * screen's part of it stands in `sharing.js`.
 */

import { LIMITS } from "../protocol.js";

/** @import { AnyFact, DeskFact, Participant, SessionFact, Snapshot } from "../protocol.js" */

/** A fact is missing in between: the link must start again from what is held. */
export class OutOfOrder extends Error {}

/**
 * The snapshot after `fact`; a fact already applied changes nothing. Throws `OutOfOrder` when a
 * fact is missing in between.
 * @param {Snapshot} snapshot
 * @param {AnyFact} fact
 * @returns {Snapshot}
 */
export function apply(snapshot, fact) {
  const desk = isDesk(fact);
  const held = desk ? snapshot.deskSeq : snapshot.seq;
  if (fact.seq <= held) return snapshot;
  if (fact.seq > held + 1) throw new OutOfOrder(`fact ${fact.seq} came after ${held}`);
  if (desk) {
    const notes = [...snapshot.notes, fact].slice(-LIMITS.LOG_LINES);
    return { ...snapshot, notes, deskSeq: fact.seq, ...noted(snapshot, fact) };
  }
  const log = [...snapshot.log, fact].slice(-LIMITS.LOG_LINES);
  return { ...snapshot, log, seq: fact.seq, ...changes(snapshot, fact) };
}

/**
 * @param {AnyFact} fact
 * @returns {fact is DeskFact}
 */
function isDesk(fact) {
  return fact.t === "note.posted" || fact.t === "invitation.made" || fact.t === "invitation.over";
}

/**
 * @param {Snapshot} snapshot
 * @param {DeskFact} fact
 * @returns {Partial<Snapshot>}
 */
function noted({ invitations }, fact) {
  switch (fact.t) {
    case "invitation.made":
      return { invitations: [...invitations, fact] };
    case "invitation.over":
      return { invitations: invitations.filter(({ id }) => id !== fact.id) };
    default:
      return {};
  }
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
