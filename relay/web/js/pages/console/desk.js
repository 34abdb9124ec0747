/** The desk socket: presence, queue, one's sessions and keys, and requests with answers. */

import { Refusal } from "../../core/http.js";
import { Link } from "../../core/link.js";
import { Store } from "../../core/store.js";

/**
 * @import { AnyFact, AnySignal, DeskState, InvitationAccept, KeyCancel, KeyMade, KeyMake, LetIn,
 *   Presence, QueueEntry, QueueWish, SessionAccept, SessionJoin } from "../../protocol.js"
 */
/** @import { LinkState } from "../../core/link.js" */
/** @import { Drawer } from "../../core/outbox.js" */

/** @typedef {SessionAccept | InvitationAccept | SessionJoin | LetIn | KeyMake | KeyCancel} Question */
/** @typedef {{ question: Question, done: (answer: any) => void, fail: (why: Refusal) => void }} Asked */
/**
 * `permissions` are those of one's role, by name; `ahead` is how many ms the relay's clock is ahead
 * of this machine's.
 * @typedef {object} DeskView
 * @property {LinkState} link
 * @property {string} user
 * @property {readonly string[]} permissions
 * @property {DeskState | null} state
 * @property {number} ahead
 */

/** Where this window keeps what its person chose last. */
const PRESENCE = "presence";

export class Desk {
  /** @param {Drawer} drawer */
  constructor(drawer) {
    this._drawer = drawer;
    /** @type {DeskView} */
    const nothing = { link: { name: "connecting" }, user: "", permissions: [], state: null, ahead: 0 };
    this.store = new Store(nothing);
    this._link = new Link({
      door: "desk",
      session: null,
      resume: () => ({}),
      hear: (message) => this._hear(message),
      tell: (link) => this.store.update({ link }),
    });
    /** @type {Map<string, Asked>} Unanswered questions; asked again after each welcome. */
    this._asked = new Map();
    this._idle = false;
  }

  start() {
    this._link.start();
  }

  stop() {
    this._link.stop();
  }

  /** Now, by the relay's clock. */
  now() {
    return Date.now() + this.store.value.ahead;
  }

  /** Whether one's role allows this; nothing is known before the welcome. @param {string} permission */
  may(permission) {
    return this.store.value.permissions.includes(permission);
  }

  /**
   * Take a customer, or follow an invitation. Throws `Refusal`.
   * @param {QueueEntry} entry
   * @returns {Promise<void>}
   */
  async take({ session, invitation }) {
    const id = crypto.randomUUID();
    if (invitation) await this._ask({ t: "invitation.accept", id, session, invitation });
    else await this._ask({ t: "session.accept", id, session });
  }

  /**
   * Join a session uninvited. Throws `Refusal`.
   * @param {string} session
   * @returns {Promise<void>}
   */
  async join(session) {
    await this._ask({ t: "session.join", id: crypto.randomUUID(), session });
  }

  /**
   * Let a customer's program in once more. Throws `Refusal`.
   * @param {string} session
   * @returns {Promise<void>}
   */
  async letIn(session) {
    await this._ask({ t: "client.let_in", id: crypto.randomUUID(), session });
  }

  /**
   * A session key that leads to `queue`. Throws `Refusal`.
   * @param {QueueWish} queue
   * @returns {Promise<KeyMade>}
   */
  makeKey(queue) {
    return this._ask({ t: "key.make", id: crypto.randomUUID(), queue });
  }

  /** @param {string} key @returns {Promise<void>} */
  async cancelKey(key) {
    await this._ask({ t: "key.cancel", id: crypto.randomUUID(), key });
  }

  /** The desk's next state shows the change. @param {Presence} presence */
  setPresence(presence) {
    this._drawer.setItem(PRESENCE, presence);
    this._sayPresence();
  }

  /** Whether nobody touches this desk. @param {boolean} on */
  setIdle(on) {
    if (on === this._idle) return;
    this._idle = on;
    this._sayIdle();
  }

  _sayIdle() {
    this._link.send({ t: "desk.idle", on: this._idle });
  }

  /** The relay forgets a presence with its last socket; nobody busy is to become free by that. */
  _sayPresence() {
    const presence = /** @type {Presence | null} */ (this._drawer.getItem(PRESENCE));
    if (presence) this._link.send({ t: "presence.set", presence });
  }

  /**
   * @param {Question} question
   * @returns {Promise<any>} `Ack` or `KeyMade`
   */
  _ask(question) {
    return new Promise((done, fail) => {
      this._asked.set(question.id, { question, done, fail });
      this._link.send(question);
    });
  }

  /** @param {AnyFact | AnySignal} message */
  _hear(message) {
    switch (message.t) {
      case "desk.welcome":
        this.store.update({ user: message.user, permissions: message.permissions });
        this._sayPresence();
        this._sayIdle();
        for (const { question } of this._asked.values()) this._link.send(question);
        break;
      case "desk.state":
        this.store.update({ state: message, ahead: message.now - Date.now() });
        break;
      case "ack":
      case "key.made":
        this._asked.get(message.id)?.done(message);
        this._asked.delete(message.id);
        break;
      case "refused":
        this._asked.get(message.id)?.fail(new Refusal(message));
        this._asked.delete(message.id);
        break;
    }
  }
}
