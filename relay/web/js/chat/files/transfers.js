/** The files of one session: what this page sends and fetches, and what it asks of the relay. */

import { Refusal, sentence } from "../../core/http.js";
import { Store } from "../../core/store.js";
import { again } from "./again.js";
import { download, save } from "./download.js";
import { LANES } from "./limits.js";
import { Lanes } from "./lanes.js";
import { sideOf, transfersOf } from "./list.js";
import { savedName, sentName } from "./names.js";
import { Way } from "./pieces.js";
import { sampled } from "./rate.js";
import { unfit } from "./reasons.js";
import { STILL } from "./standing.js";
import { Unreadable, upload } from "./upload.js";

/** @import { AnyFact, AnySignal } from "../../protocol.js" */
/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Shown } from "./list.js" */
/** @import { Moving } from "./standing.js" */
/** @import { Around } from "./upload.js" */

/** Progress is drawn no more often. */
const DRAWN_MS = 100;

/** All sessions of a page share them: uploads, and downloads. */
const UP = new Lanes(LANES);
const DOWN = new Lanes(LANES);

export class Transfers {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {(words: string) => void} tell why a file was not taken
   */
  constructor(texts, conversation, tell) {
    this._texts = texts;
    this._conversation = conversation;
    this._tell = tell;
    /** What is on its way, by the transfer's id. @type {Store<{ moving: Readonly<Record<string, Moving>> }>} */
    this.store = new Store({ moving: {} });
    /** @type {Map<string, File>} */
    this._files = new Map();
    /** @type {Map<string, AbortController>} */
    this._running = new Map();
    /** What is fetched as soon as it is there: a person has said yes to it here. @type {Set<string>} */
    this._wanted = new Set();
    /** @type {Set<string>} */
    this._sent = new Set();
    conversation.heard = (message) => this._hear(message);
    this._forget = conversation.store.subscribe((view) => this._look(view));
  }

  /** The page lets go of the session. */
  stop() {
    this._forget();
    for (const control of this._running.values()) control.abort();
  }

  /** Whether something would be lost with the page. */
  get isSending() {
    return [...this._running.keys()].some((id) => this._files.has(id) && !this._sent.has(id));
  }

  /**
   * What this page knows of a file on its way.
   * @param {string} id
   */
  moving(id) {
    return this.store.value.moving[id] ?? STILL;
  }

  /** Ask the customer for a file. @param {string} reason */
  ask(reason) {
    this._wanted.add(this._conversation.ask({ t: "file.ask", reason }));
  }

  /**
   * Offer files, or answer the question `asked` with one; what is not accepted is said.
   * @param {readonly File[]} files
   * @param {string} [asked]
   */
  offer(files, asked) {
    const view = this._conversation.store.value;
    const barred = files.map((file) => unfit(this._texts, view, file));
    this._tell(barred.filter(Boolean).join(" "));
    for (const file of files.filter((_, place) => !barred[place])) {
      const transfer = asked ?? crypto.randomUUID();
      this._hold(transfer, file);
      this._conversation.ask({ t: "file.offer", transfer, name: sentName(file.name), size: file.size });
    }
  }

  /**
   * Go on with a file that this page no longer had.
   * @param {Shown} one
   * @param {File} file
   */
  again(one, file) {
    const same = file.size === one.size && sentName(file.name) === one.name;
    this._tell(same ? "" : this._texts.t("file.another"));
    if (!same) return;
    this._hold(one.id, file);
    this._look(this._conversation.store.value);
  }

  /** Go on after what failed. @param {string} id */
  retry(id) {
    this._mark(id, { phase: "", why: "" });
    this._look(this._conversation.store.value);
  }

  /** @param {string} transfer */
  accept(transfer) {
    this._wanted.add(transfer);
    this._conversation.ask({ t: "file.accept", transfer });
  }

  /** @param {string} transfer */
  decline(transfer) {
    this._conversation.ask({ t: "file.decline", transfer });
  }

  /** Stop it, here first. @param {string} transfer */
  cancel(transfer) {
    this._files.delete(transfer);
    this._wanted.delete(transfer);
    this._running.get(transfer)?.abort();
    this._conversation.ask({ t: "file.cancel", transfer, why: "cancelled" });
  }

  /** Fetch and save it. @param {Shown} one */
  fetch(one) {
    if (!this._running.has(one.id)) void this._run(one, "down", (around) => this._fetch(one, around));
  }

  /** The browser has fetched it by itself, says the person. @param {Shown} one */
  have({ id, sha256 }) {
    this._conversation.ask({ t: "file.take", transfer: id, sha256 });
  }

  /** @param {View} view */
  _look(view) {
    if (!view.snapshot) return;
    const all = new Map(transfersOf(view).map((one) => [one.id, one]));
    for (const [id, control] of this._running) {
      const state = all.get(id)?.state;
      if (view.link.name === "closed" || state === undefined || state === "over") control.abort();
    }
    if (view.link.name === "closed") return;
    for (const one of all.values()) this._goOn(view, one);
  }

  /**
   * @param {View} view
   * @param {Shown} one
   */
  _goOn(view, one) {
    if (this._running.has(one.id) || this.moving(one.id).phase === "failed") return;
    const file = this._files.get(one.id);
    const sends = one.state === "sending" && one.by === view.me && !this._sent.has(one.id);
    if (file && sends) void this._run(one, "up", (around) => this._send(one, file, around));
    if (one.state !== "stored" || sideOf(view, one) !== "receiver" || !this._wanted.delete(one.id)) return;
    this.fetch(one);
  }

  /**
   * @param {Shown} one
   * @param {"up" | "down"} phase
   * @param {(around: Around) => Promise<void>} work
   */
  async _run(one, phase, work) {
    const control = new AbortController();
    const { signal } = control;
    const session = this._conversation.store.value.snapshot?.session ?? "";
    this._running.set(one.id, control);
    this._mark(one.id, { phase, lost: false, why: "", samples: [] });
    /** @type {Around} */
    const around = {
      way: new Way(session, one.id, signal),
      lanes: phase === "up" ? UP : DOWN,
      again: (step) => again(step, signal, (lost) => this._mark(one.id, { lost })),
      told: (done) => this._moved(one.id, done, done === one.size),
    };
    try {
      await work(around);
    } catch (error) {
      if (!signal.aborted) this._failed(one.id, error);
    } finally {
      this._running.delete(one.id);
      const now = this.moving(one.id);
      if (now.phase === phase) this._mark(one.id, { phase: "", lost: false });
    }
  }

  /**
   * @param {Shown} one
   * @param {File} file
   * @param {Around} around
   */
  async _send(one, file, around) {
    await upload(file, around);
    this._sent.add(one.id);
    this._files.delete(one.id);
  }

  /**
   * @param {Shown} one
   * @param {Around} around
   */
  async _fetch(one, around) {
    const { blob, sha256 } = await download(one.size, around);
    const open = this._conversation.store.value.snapshot?.files.some(({ id }) => id === one.id);
    const right = sha256 === one.sha256 && blob.size === one.size;
    if (right) {
      save(blob, savedName(one.name));
      this._mark(one.id, { phase: "saved", samples: [] });
      if (open) this._conversation.ask({ t: "file.take", transfer: one.id, sha256 });
    } else {
      this._mark(one.id, { phase: "failed", why: this._texts.t("file.over_damaged", { name: "" }) });
      if (open) this._conversation.ask({ t: "file.cancel", transfer: one.id, why: "damaged" });
    }
  }

  /**
   * @param {string} id
   * @param {unknown} error
   */
  _failed(id, error) {
    const changed = error instanceof Refusal && error.code === "bad_input" && error.field === "size";
    if (error instanceof Unreadable || changed) {
      this._files.delete(id);
      this._conversation.ask({ t: "file.cancel", transfer: id, why: "unreadable" });
    } else if (!(error instanceof Refusal && error.code === "not_now")) {
      // Where it is over by now, a fact says so.
      this._mark(id, { phase: "failed", lost: false, why: sentence(this._texts, error) });
    }
  }

  /** @param {AnyFact | AnySignal} message */
  _hear(message) {
    if (message.t === "file.progress" && !this._running.has(message.id)) {
      this._moved(message.id, message.done, true);
    } else if (message.t === "file.stored" && this.moving(message.id).phase !== "down") {
      this._mark(message.id, { samples: [] });
    }
  }

  /**
   * @param {string} id
   * @param {number} done
   * @param {boolean} atOnce
   */
  _moved(id, done, atOnce) {
    const at = performance.now();
    const { samples } = this.moving(id);
    const last = samples.at(-1);
    if (!atOnce && last && done >= last.done && at - last.at < DRAWN_MS) return;
    this._mark(id, { samples: sampled(samples, at, done) });
  }

  /**
   * @param {string} id
   * @param {File} file
   */
  _hold(id, file) {
    this._files.set(id, file);
    this._mark(id, { held: true });
  }

  /**
   * @param {string} id
   * @param {Partial<Moving>} parts
   */
  _mark(id, parts) {
    const { moving } = this.store.value;
    this.store.update({ moving: { ...moving, [id]: { ...this.moving(id), ...parts } } });
  }
}
