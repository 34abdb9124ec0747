/** What only representatives hear of in a session, as in `protocol/snapshot.py`. */

import { LIMITS } from "../protocol.js";
import { isNext } from "./snapshot.js";

/** @import { DeskFact, Snapshot } from "../protocol.js" */

/**
 * The snapshot after `fact`; one already applied changes nothing. Throws `OutOfOrder` when a fact is
 * missing in between.
 * @param {Snapshot} snapshot
 * @param {DeskFact} fact
 * @returns {Snapshot}
 */
export function applyDesk(snapshot, fact) {
  if (!isNext(fact, snapshot.deskSeq)) return snapshot;
  const notes = [...snapshot.notes, fact].slice(-LIMITS.LOG_LINES);
  return { ...snapshot, notes, deskSeq: fact.seq, ...noted(snapshot, fact) };
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
