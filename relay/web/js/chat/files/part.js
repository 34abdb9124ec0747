/** The files of a conversation, put together: what its log draws, and what it sends. */

import { Cards } from "./cards.js";
import { fileEvent } from "./lines.js";
import { Transfers } from "./transfers.js";

/** @import { SessionFact } from "../../protocol.js" */
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
    this.transfers = new Transfers(texts, conversation, tell);
    this.cards = new Cards(texts, conversation, this.transfers, why);
    window.addEventListener("beforeunload", (event) => {
      if (this.transfers.isSending) event.preventDefault();
    });
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

  /**
   * Offer files; what was pasted has no name of its own.
   * @param {readonly File[]} files
   * @param {boolean} pasted
   */
  offer(files, pasted) {
    this.transfers.offer(pasted ? files.map((file) => this._named(file)) : files);
  }

  /** @param {File} file */
  _named(file) {
    const at = new Date();
    const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, "0")).join("-");
    const ending = /\.\w+$/.exec(file.name)?.[0] ?? "";
    return new File([file], `${this._texts.t("file.pasted")} ${time}${ending}`, { type: file.type });
  }
}
