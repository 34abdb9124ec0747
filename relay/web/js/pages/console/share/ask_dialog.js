/** Ask the customer to see the screen, for control, or for the clipboard, with a reason that the customer reads. */

import { customerName } from "../../../chat/lines.js";
import { explain, h, isEnabled, press, setText } from "../../../core/dom.js";
import { LIMITS } from "../../../protocol_more.js";
import { dialogOf, dialogTitle } from "../dialog.js";
import { GRANTS, reason } from "./standing.js";

/** @import { Conversation } from "../../../core/conversation.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { Desk } from "../desk.js" */

/** @import { Wanted } from "./standing.js" */

export class AskDialog {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   */
  constructor(texts, desk) {
    this._texts = texts;
    this._desk = desk;
    /** @type {Conversation | null} */
    this._conversation = null;
    /** @type {Wanted} */
    this._wanted = "see";
    this._leave = () => {};
    this._title = dialogTitle("ask-title", "");
    this._text = h("p", { class: "soft" });
    this._reason = h("input", { class: "input", id: "ask-reason", maxlength: String(LIMITS.REASON_CHARS) });
    this._reason.autocomplete = "off";
    const label = h("label", { for: "ask-reason" }, texts.t("console.share_reason"));
    this._go = h("button", { class: "button primary" }, texts.t("console.share_ask"));
    const cancel = press(texts.t("desk.cancel"), () => this.element.close());
    const buttons = h("div", { class: "dialog-buttons" }, cancel, this._go);
    const form = h("form", { class: "pass" }, h("div", { class: "field" }, label, this._reason), buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this._ask();
    });
    this.element = dialogOf(texts, this._title, this._text, form);
    this.element.addEventListener("close", () => this._onClose());
  }

  /**
   * @param {Conversation} conversation
   * @param {Wanted} wanted
   */
  open(conversation, wanted) {
    if (this.element.open) return;
    this._conversation = conversation;
    this._wanted = wanted;
    const name = customerName(conversation.store.value, this._texts);
    setText(this._title, this._texts.t(`console.share_${wanted}_title`, { name }));
    setText(this._text, this._texts.t(`console.share_${wanted}_text`, { name }));
    this._reason.value = "";
    this.element.showModal();
    this._leave = conversation.store.subscribe(() => this._render());
    this._reason.focus();
  }

  _onClose() {
    this._leave();
    this._conversation = null;
  }

  _ask() {
    if (!isEnabled(this._go)) return;
    const grant = GRANTS[this._wanted];
    this._conversation?.ask({ t: "grant.ask", grant, reason: wellFormed(this._reason.value.trim()) });
    this.element.close();
  }

  _render() {
    const view = this._conversation?.store.value;
    if (!view) return;
    const now = Date.now() + view.ahead;
    explain(this._go, reason(this._texts, view, this._wanted, (one) => this._desk.may(one), now));
  }
}

/** Half of a surrogate pair, which a field's limit may leave. @param {string} text */
function wellFormed(text) {
  return text.replace(/\p{Surrogate}/gu, "");
}
