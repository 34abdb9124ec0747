/** The cards of a session's files, each kept up to date as long as it is shown. */

import { h } from "../../core/dom.js";
import { Card } from "./card.js";
import { transfersOf } from "./list.js";
import { whole } from "./pieces.js";
import { cardOf } from "./standing.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Shown } from "./list.js" */
/** @import { FileAct } from "./standing.js" */
/** @import { Transfers } from "./transfers.js" */

export class Cards {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {Transfers} transfers
   * @param {(act: FileAct) => string} [why] why one's role does not allow it, or nothing
   */
  constructor(texts, conversation, transfers, why = () => "") {
    this._texts = texts;
    this._conversation = conversation;
    this._transfers = transfers;
    this._why = why;
    /** @type {Map<string, Card>} */
    this._cards = new Map();
    /** @type {ReadonlyMap<string, Shown>} */
    this._all = new Map();
    conversation.store.subscribe(() => this.render());
    transfers.store.subscribe(() => this.render());
  }

  /** All files, the oldest first. */
  get all() {
    return [...this._all.values()];
  }

  /** The card of that file. @param {string} id */
  element(id) {
    const card = this._cards.get(id) ?? this._make(id);
    this._render(id, card);
    return card.element;
  }

  render() {
    this._all = new Map(transfersOf(this._conversation.store.value).map((one) => [one.id, one]));
    for (const [id, card] of this._cards) this._render(id, card);
  }

  /**
   * @param {string} id
   * @param {Card} card
   */
  _render(id, card) {
    const one = this._all.get(id);
    card.element.hidden = !one;
    if (!one) return;
    const view = this._conversation.store.value;
    card.render(cardOf(view, one, this._transfers.moving(id), this._texts), this._why);
  }

  /** @param {string} id */
  _make(id) {
    const card = new Card(this._texts, {
      act: (act) => this._act(id, act),
      link: () => whole(this._conversation.store.value.snapshot?.session ?? "", id),
    });
    this._cards.set(id, card);
    return card;
  }

  /**
   * @param {string} id
   * @param {FileAct} act
   */
  _act(id, act) {
    const one = this._all.get(id);
    if (!one) return;
    const transfers = this._transfers;
    switch (act) {
      case "accept":
        return transfers.accept(id);
      case "decline":
      case "refuse":
        return transfers.decline(id);
      case "choose":
        return choose((files) => transfers.offer(files, id));
      case "cancel":
        return transfers.cancel(id);
      case "again":
        if (transfers.moving(id).held) return transfers.retry(id);
        return choose(([file]) => file && transfers.again(one, file));
      case "fetch":
      case "resave":
        return transfers.fetch(one);
      case "have":
        return transfers.have(one);
    }
  }
}

/**
 * Let the person choose a file, in the click's own call stack, as browsers demand.
 * @param {(files: File[]) => void} take
 */
function choose(take) {
  const input = h("input", { type: "file" });
  input.addEventListener("change", () => input.files?.length && take([...input.files]));
  input.click();
}
