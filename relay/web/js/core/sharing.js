/**
 * The shared screen as the session's facts tell it, as in `protocol/share_snapshot.py`. Only the
 * console needs it: a customer in the web chat has nothing to show.
 */

import { applyDesk } from "./desk.js";
import { applyFiles } from "./files.js";
import { isDesk } from "./snapshot.js";

/** @import { AnyFact, Grant, GrantAsked, GrantGiven, Sharing, Snapshot } from "../protocol.js" */

/**
 * As `apply` of `snapshot.js`, with files, the sharing and what is the desk's. Throws `OutOfOrder` when a fact is missing.
 * @param {Snapshot} snapshot
 * @param {AnyFact} fact
 * @returns {Snapshot}
 */
export function applyAll(snapshot, fact) {
  if (isDesk(fact)) return applyDesk(snapshot, fact);
  const after = applyFiles(snapshot, fact);
  return after === snapshot ? snapshot : { ...after, sharing: shared(snapshot.sharing, fact) };
}

/**
 * The sharing after `fact`.
 * @param {Sharing} sharing
 * @param {AnyFact} fact
 * @returns {Sharing}
 */
function shared(sharing, fact) {
  switch (fact.t) {
    case "grant.asked":
      return { ...sharing, asked: [...sharing.asked, fact] };
    case "grant.given": {
      const there = without(sharing, fact.to, fact.grant);
      return { ...there, held: [...there.held, fact] };
    }
    case "grant.over": {
      const sees = fact.grant === "view" && heldBy(sharing, fact.to, "view");
      const there = without(sharing, fact.to, fact.grant);
      return sees ? without(there, fact.to, "control") : there;
    }
    case "share.started": {
      const { share, epoch, scope } = fact;
      return { ...sharing, state: "on", share, epoch, scope, why: null };
    }
    case "share.paused":
      return { ...sharing, state: "paused", why: fact.why };
    case "representative.left":
      return without(sharing, fact.by);
    case "share.ended":
    case "session.queued":
    case "session.ended":
    case "customer.moved":
      return ended(sharing);
    default:
      return sharing;
  }
}

/** @param {Sharing} sharing @returns {Sharing} */
function ended({ share, epoch }) {
  return { state: "off", share, epoch, scope: "all", why: null, asked: [], held: [] };
}

/**
 * Without the question and the grant of that representative: of this kind, or all of them.
 * @param {Sharing} sharing
 * @param {string} participant
 * @param {Grant} [grant]
 * @returns {Sharing}
 */
function without(sharing, participant, grant) {
  /** @param {string} by @param {Grant} kind */
  const stays = (by, kind) => by !== participant || (grant !== undefined && kind !== grant);
  return {
    ...sharing,
    asked: sharing.asked.filter((one) => stays(one.by, one.grant)),
    held: sharing.held.filter((one) => stays(one.to, one.grant)),
  };
}

/**
 * That representative's grant, if it is held.
 * @param {Sharing} sharing
 * @param {string} participant
 * @param {Grant} grant
 * @returns {GrantGiven | null}
 */
export function heldBy({ held }, participant, grant) {
  return held.find((one) => one.to === participant && one.grant === grant) ?? null;
}

/**
 * That representative's open question.
 * @param {Sharing} sharing
 * @param {string} participant
 * @param {Grant} grant
 * @returns {GrantAsked | null}
 */
export function askedBy({ asked }, participant, grant) {
  return asked.find((one) => one.by === participant && one.grant === grant) ?? null;
}
