/** One session's link, view and outbox, joined. What the chat page has one of, and the console many. */

import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { Store } from "./store.js";
import { allows, heard, unknown } from "./view.js";

/** @import { AnyFact, AnySignal, Door, Legal, Refused, RequestTag, Role } from "../protocol.js" */
/** @import { Drawer, Lasting } from "./outbox.js" */
/** @import { Law, View } from "./view.js" */

/**
 * A request whose id is made here.
 * @template R
 * @typedef {R extends unknown ? Omit<R, "id"> : never} Wish
 */

/** How long a line waits that the relay's storage could not take. */
const STORAGE_AGAIN_S = 5;

/** Requests whose facts are the desk's. @type {ReadonlySet<RequestTag>} */
const TO_DESK = new Set(["note.post", "invitation.make", "invitation.withdraw"]);

export class Conversation {
  /**
   * `session` is null for the customer's page, whose cookie says which it is. `law` moves the
   * snapshot on, `legal` says what may be asked; `show` hears the channel.
   * @param {{ door: Door, role: Role, session: string | null, drawer: Drawer, law?: Law, legal?: Legal,
   *   show?: (message: Uint8Array<ArrayBuffer>) => void }} of
   */
  constructor({ door, role, session, drawer, law, legal, show }) {
    /** Moves the snapshot on. */
    this.law = law;
    this._outbox = new Outbox(drawer, `outbox ${session ?? ""}`);
    /** @type {Store<View>} */
    this.store = new Store({ ...unknown(role, legal), pending: this._outbox.pending });
    this._link = new Link({
      door,
      session,
      resume: () => this._held(),
      hear: (message) => this._hear(message),
      show,
      tell: (link) => this.store.update({ link }),
    });
    this._again = 0;
    this._code = "";
    /** Hears each message after the view does. @type {(message: AnyFact | AnySignal) => void} */
    this.heard = () => {};
  }

  /** Connect; also after the link was closed because another window took over. */
  start() {
    this._link.start();
  }

  stop() {
    clearTimeout(this._again);
    this._link.stop();
  }

  /** Say something to everybody. @param {string} text */
  say(text) {
    this.ask({ t: "chat.post", text: wellFormed(text) });
  }

  /** Write a note for representatives. @param {string} text */
  note(text) {
    this.ask({ t: "note.post", text: wellFormed(text) });
  }

  end() {
    this.ask({ t: "session.end" });
  }

  /**
   * Ask for something that must arrive: kept, and sent again until the relay has committed it or
   * said no (`refusal`). Returns its id.
   * @param {Wish<Lasting>} wish
   */
  ask(wish) {
    const request = { ...wish, id: crypto.randomUUID() };
    if (this.store.value.refusal?.asked === wish.t) this.store.update({ refusal: null });
    this._outbox.put(request, Date.now());
    this._share();
    this._link.send(request);
    return request.id;
  }

  /** Ask for a join code, which comes as `code`. Returns whether that could be asked now. */
  makeCode() {
    this.store.update({ code: null, refusal: null });
    this._code = crypto.randomUUID();
    return this._link.send({ t: "code.make", id: this._code });
  }

  /** Forget a line that was refused. @param {string} id */
  forget(id) {
    this._outbox.settle(id);
    this._share();
  }

  /** Send a message of the channel, if that can be done now. @param {Uint8Array<ArrayBuffer>} message */
  sendBytes(message) {
    return this._link.sendBytes(message);
  }

  /** Tell the others, if that can be done now. Returns whether it was. @param {boolean} on */
  typing(on) {
    return allows(this.store.value, "chat.typing") && this._link.send({ t: "chat.typing", on });
  }

  /** Everything known so far has been before a person's eyes. */
  seen() {
    const { me, seen, snapshot } = this.store.value;
    const seq = snapshot?.seq ?? 0;
    if (!me || seq <= (seen[me] ?? 0) || !allows(this.store.value, "chat.seen")) return;
    if (this._link.send({ t: "chat.seen", seq })) {
      this.store.update({ seen: { ...seen, [me]: seq } });
    }
  }

  _held() {
    const { snapshot } = this.store.value;
    return snapshot ? { last: snapshot.seq, lastDesk: snapshot.deskSeq } : {};
  }

  /** @param {AnyFact | AnySignal} message */
  _hear(message) {
    this.store.update(heard(this.store.value, message, Date.now(), this.law));
    this.heard(message);
    if (message.t === "welcome") this._welcomed();
    else if (message.t === "ack") this._acknowledged(message.id, message.seq);
    else if (message.t === "refused") this._refused(message);
    else if (message.t === "chat.posted" || message.t === "note.posted") {
      if (message.by === this.store.value.me) this._outbox.settle(message.id);
      this._share();
    }
  }

  /** What a snapshot already holds is settled; the rest is sent again, in its order. */
  _welcomed() {
    const { me, snapshot } = this.store.value;
    this._outbox.belongTo(me);
    for (const fact of [...(snapshot?.log ?? []), ...(snapshot?.notes ?? [])]) {
      if ("id" in fact && "by" in fact && fact.by === me) this._outbox.settle(fact.id);
    }
    this._share();
    this._resend();
  }

  /**
   * The fact carries the line into the log; until it is there, the line stays pending so that it
   * does not vanish for a moment.
   * @param {string} id
   * @param {number} seq
   */
  _acknowledged(id, seq) {
    const asked = this._outbox.pending.find((one) => one.request.id === id)?.request;
    const { snapshot } = this.store.value;
    if (!asked || !snapshot) return;
    const held = TO_DESK.has(asked.t) ? snapshot.deskSeq : snapshot.seq;
    if (held >= seq) this._outbox.settle(id);
    this._share();
  }

  /** @param {Refused} refused */
  _refused({ id, code, detail }) {
    const asked = this._outbox.pending.find((one) => one.request.id === id)?.request.t;
    if (code === "storage" && asked) {
      clearTimeout(this._again);
      this._again = setTimeout(() => this._resend(), STORAGE_AGAIN_S * 1000);
    } else if (asked === "chat.post" || asked === "note.post") {
      this._outbox.refuse(id, code);
    } else if (asked || id === this._code) {
      this._outbox.settle(id);
      this.store.update({ refusal: { asked: asked ?? "code.make", code, detail } });
    }
    this._share();
  }

  _resend() {
    for (const request of this._outbox.waiting) this._link.send(request);
  }

  _share() {
    this.store.update({ pending: this._outbox.pending });
  }
}

/**
 * Half of a surrogate pair is no text that can be sent.
 * @param {string} text
 */
function wellFormed(text) {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
