/** Open transfers as the session's facts tell them, as in `protocol/file_snapshot.py`. */

import { apply } from "./snapshot.js";

/** @import { AnyFact, FileOffered, Snapshot, Transfer } from "../protocol.js" */

/**
 * As `apply` of `snapshot.js`, files included. Throws `OutOfOrder` when a fact is missing.
 * @param {Snapshot} snapshot
 * @param {AnyFact} fact
 * @returns {Snapshot}
 */
export function applyFiles(snapshot, fact) {
  const after = apply(snapshot, fact);
  return after === snapshot ? snapshot : { ...after, files: transferred(snapshot.files, fact) };
}

/**
 * The open transfers after `fact`, oldest first.
 * @param {readonly Transfer[]} files
 * @param {AnyFact} fact
 * @returns {readonly Transfer[]}
 */
export function transferred(files, fact) {
  switch (fact.t) {
    case "file.asked":
      return [...files, { ...NEW, id: fact.id, at: fact.at, asked: fact.by, reason: fact.reason }];
    case "file.offered":
      return offered(files, fact);
    case "file.accepted":
      return files.map((one) => (one.id === fact.id ? { ...one, state: "sending" } : one));
    case "file.stored": {
      const { id, sha256 } = fact;
      return files.map((one) => (one.id === id ? { ...one, state: "stored", sha256 } : one));
    }
    case "file.taken":
    case "file.over":
      return files.filter(({ id }) => id !== fact.id);
    case "representative.left":
      return withoutPerson(files, fact.by);
    case "customer.moved":
      return withoutPerson(files, fact.participant.id);
    case "session.queued":
      return files.filter(({ state }) => state === "stored");
    case "session.ended":
      return [];
    default:
      return files;
  }
}

/**
 * The open transfer with that id.
 * @param {readonly Transfer[]} files
 * @param {string} transfer
 */
export function transferOf(files, transfer) {
  return files.find(({ id }) => id === transfer);
}

/** @type {Transfer} */
const NEW = {
  ...{ id: "", state: "asked", at: 0, by: "", asked: "", reason: "" },
  ...{ name: "", size: 0, sha256: "" },
};

/**
 * @param {readonly Transfer[]} files
 * @param {FileOffered} fact
 * @returns {readonly Transfer[]}
 */
function offered(files, { id, at, by, name, size }) {
  if (!transferOf(files, id)) return [...files, { ...NEW, id, at, by, name, size, state: "offered" }];
  return files.map((one) => (one.id === id ? { ...one, by, name, size, state: "sending" } : one));
}

/**
 * What the relay has already stays when somebody is gone who asked for a file, or sends one.
 * @param {readonly Transfer[]} files
 * @param {string} person
 */
function withoutPerson(files, person) {
  return files.filter(
    ({ asked, by, state }) => state === "stored" || (by !== person && asked !== person),
  );
}
