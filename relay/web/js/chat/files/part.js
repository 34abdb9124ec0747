/** The files of a conversation, put together: what its log draws, and what it sends. */

import { applyFiles, transferred } from "../../core/files.js";
import { Attach } from "./attach.js";
import { Cards } from "./cards.js";
import { fileEvent } from "./lines.js";
import { whyNotOffer } from "./reasons.js";
import { Transfers } from "./transfers.js";

/** @import { SessionFact, Snapshot } from "../../protocol.js" */
/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { FileAct } from "./standing.js" */

export class FilesPart {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {(words: string) => void} tell why a file was not taken; empty: all were
   * @param {(act: FileAct) => string} [why] why one's role does not allow it, or nothing
   */
  constructor(texts, conversation, tell, why) {
    this._texts = texts;
    this._conversation = conversation;
    this._tell = tell;
    this._waits = false;
    this._refusal = /** @type {View["refusal"]} */ (null);
    this.transfers = new Transfers(texts, conversation, tell);
    this.cards = new Cards(texts, conversation, this.transfers, why);
    this.attach = new Attach(texts, {
      // What was pasted has no name of its own.
      take: (files, pasted) => this.transfers.offer(pasted ? files.map((file) => this._named(file)) : files),
      told: tell,
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.transfers.isSending) event.preventDefault();
    });
  }

  /**
   * For a page that began without the law of files: keep it from now on, and bring the open files up
   * to date. `base` are those of a snapshot of the relay's.
   * @param {Pick<Snapshot, "files" | "seq">} base
   */
  catchUp(base) {
    const { store } = this._conversation;
    this._conversation.law = applyFiles;
    const { snapshot } = store.value;
    if (!snapshot) return;
    const missed = snapshot.log.filter(({ seq }) => seq > base.seq);
    store.update({ snapshot: { ...snapshot, files: missed.reduce(transferred, base.files) } });
    store.subscribe((next) => this._tellOf(next));
  }

  /** What is not seen at a card: an offer that waits for the link, and one that was refused. @param {View} view */
  _tellOf({ link, pending, refusal }) {
    this._refused(refusal);
    const waits = link.name !== "online" && pending.some(({ request }) => request.t === "file.offer");
    if (waits !== this._waits) this._tell(waits ? this._texts.t("file.pending") : "");
    this._waits = waits;
  }

  /** What the relay did not take. @param {View["refusal"]} refusal */
  _refused(refusal) {
    if (refusal === this._refusal) return;
    this._refusal = refusal;
    if (!refusal?.asked.startsWith("file.")) return;
    this._tell(this._texts.t(`error.${refusal.code}`, { detail: refusal.detail }));
  }

  /** Why no file can be offered now, or nothing. @param {View} view */
  whyNot(view) {
    return whyNotOffer(this._texts, view);
  }

  /** What the log shows where a file begins. @param {string} id */
  draw(id) {
    return this.cards.element(id);
  }

  /**
   * What the log says of files beside that.
   * @param {SessionFact} fact
   * @param {View} view
   */
  event(fact, view) {
    return fileEvent(fact, view, this._texts);
  }

  /** Take what is dragged or pasted onto `host`. @param {HTMLElement} host */
  listen(host) {
    this.attach.listen(host);
  }

  /** @param {File} file */
  _named(file) {
    const at = new Date();
    const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, "0")).join("-");
    const ending = /\.\w+$/.exec(file.name)?.[0] ?? "";
    return new File([file], `${this._texts.t("file.pasted")} ${time}${ending}`, { type: file.type });
  }
}
