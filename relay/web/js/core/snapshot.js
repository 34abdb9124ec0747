/** The state of a session and the law that moves it on, as in `protocol/snapshot.py`. */

import { LIMITS } from "../protocol.js";

/** @import { AnyFact, SessionFact, Snapshot } from "../protocol.js" */

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
  const held = fact.t === "note.posted" ? snapshot.deskSeq : snapshot.seq;
  if (fact.seq <= held) return snapshot;
  if (fact.seq > held + 1) throw new OutOfOrder(`fact ${fact.seq} came after ${held}`);
  if (fact.t === "note.posted") {
    const notes = [...snapshot.notes, fact].slice(-LIMITS.LOG_LINES);
    return { ...snapshot, notes, deskSeq: fact.seq };
  }
  const log = [...snapshot.log, fact].slice(-LIMITS.LOG_LINES);
  return changed({ ...snapshot, log, seq: fact.seq }, fact);
}

/**
 * @param {Snapshot} snapshot
 * @param {SessionFact} fact
 * @returns {Snapshot}
 */
function changed(snapshot, fact) {
  switch (fact.t) {
    case "session.opened":
      return { ...snapshot, queue: fact.queue, participants: [fact.participant] };
    case "session.accepted": {
      const participants = [...snapshot.participants, fact.participant];
      return { ...snapshot, state: "active", participants };
    }
    case "session.ended":
      return { ...snapshot, state: "ended" };
    case "chat.posted":
      return snapshot;
  }
}
