/**
 * Requests that must arrive, kept under their own ids until the relay has committed them. They
 * outlive a reload of the page; sending one again is safe, since the relay carries it out once.
 */

/**
 * @import { ChatPost, ClientOffer, ErrorCode, FileAccept, FileAsk, FileCancel, FileDecline, FileOffer,
 *   FileTake, GrantAsk, GrantReturn, InvitationMake, InvitationWithdraw, LinkPush, NoticeMine,
 *   NoticeSend, NotePost, NudgeSend, NudgeTell, RepresentativeRemove, SessionEnd, SessionHold,
 *   SessionLeave, SessionResume, SessionTransfer, ShareStop, StepAnswer } from "../protocol.js"
 */

/**
 * @typedef {ChatPost | ClientOffer | FileAsk | FileOffer | FileAccept | FileDecline | FileCancel
 *   | FileTake | GrantAsk | GrantReturn | InvitationMake | InvitationWithdraw | LinkPush
 *   | NoticeMine | NoticeSend | NotePost | NudgeSend | NudgeTell | RepresentativeRemove | SessionEnd
 *   | SessionHold | SessionLeave | SessionResume | SessionTransfer | ShareStop | StepAnswer} Lasting
 */

/**
 * A request under way. `at` is this machine's clock in ms; `why` says why the relay refused it,
 * or is empty.
 * @typedef {{ readonly request: Lasting, readonly at: number, readonly why: ErrorCode | "" }} Pending
 */

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Drawer */

export class Outbox {
  /**
   * @param {Drawer} drawer
   * @param {string} name
   */
  constructor(drawer, name) {
    this._drawer = drawer;
    this._name = name;
    const { owner, pending } = read(drawer, name);
    this._owner = owner;
    this.pending = pending;
  }

  /**
   * Say whose requests these are. What another participant left in the drawer is thrown away: it
   * must not be said in a new session.
   * @param {string} owner
   */
  belongTo(owner) {
    const pending = this._owner && this._owner !== owner ? [] : this.pending;
    this._owner = owner;
    this._keep(pending);
  }

  /** What is to be sent (again), oldest first. @returns {Lasting[]} */
  get waiting() {
    return this.pending.filter((one) => one.why === "").map((one) => one.request);
  }

  /**
   * @param {Lasting} request
   * @param {number} at
   */
  put(request, at) {
    this._keep([...this.pending, { request, at, why: "" }]);
  }

  /** The request is committed, or given up. @param {string} id */
  settle(id) {
    this._keep(this.pending.filter((one) => one.request.id !== id));
  }

  /**
   * The relay said no for good.
   * @param {string} id
   * @param {ErrorCode} why
   */
  refuse(id, why) {
    this._keep(this.pending.map((one) => (one.request.id === id ? { ...one, why } : one)));
  }

  /** @param {readonly Pending[]} pending */
  _keep(pending) {
    this.pending = pending;
    try {
      const kept = JSON.stringify({ owner: this._owner, pending });
      if (pending.length) this._drawer.setItem(this._name, kept);
      else this._drawer.removeItem(this._name);
    } catch {
      // A full or forbidden drawer costs the reload, not the message: it stays in `pending`.
    }
  }
}

/**
 * @param {Drawer} drawer
 * @param {string} name
 * @returns {{ owner: string, pending: readonly Pending[] }}
 */
function read(drawer, name) {
  const nothing = { owner: "", pending: [] };
  try {
    return JSON.parse(drawer.getItem(name) ?? "null") ?? nothing;
  } catch {
    return nothing;
  }
}
