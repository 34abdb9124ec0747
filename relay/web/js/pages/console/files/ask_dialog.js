/** Ask the customer for a file, with a reason that the customer reads. */

import { customerName } from "../../../chat/lines.js";
import { explain, h, isEnabled, press, setText } from "../../../core/dom.js";
import { LIMITS } from "../../../protocol_more.js";
import { dialogOf, dialogTitle } from "../dialog.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { FilesPanel } from "./panel.js" */

export class FileAskDialog {
  /** @param {Texts} texts */
  constructor(texts) {
    this._texts = texts;
    /** @type {FilesPanel | null} */
    this._panel = null;
    this._leave = () => {};
    this._title = dialogTitle("file-ask-title", "");
    this._text = h("p", { class: "soft" }, texts.t("file.ask_text"));
    this._reason = h("input", { class: "input", id: "file-reason", maxlength: String(LIMITS.REASON_CHARS) });
    this._reason.autocomplete = "off";
    const label = h("label", { for: "file-reason" }, texts.t("file.ask_reason"));
    this._go = h("button", { class: "button primary" }, texts.t("console.share_ask"));
    const cancel = press(texts.t("desk.cancel"), () => this.element.close());
    const buttons = h("div", { class: "dialog-buttons" }, cancel, this._go);
    const form = h("form", { class: "pass" }, h("div", { class: "field" }, label, this._reason), buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this._ask();
    });
    this.element = dialogOf(texts, this._title, this._text, form);
    this.element.addEventListener("close", () => {
      this._leave();
      this._panel = null;
    });
  }

  /** @param {FilesPanel} panel of the session */
  open(panel) {
    if (this.element.open) return;
    this._panel = panel;
    const { store } = panel.conversation;
    setText(this._title, this._texts.t("file.ask_title", { name: customerName(store.value, this._texts) }));
    this._reason.value = "";
    this.element.showModal();
    this._leave = store.subscribe(() => explain(this._go, panel.askReason));
    this._reason.focus();
  }

  _ask() {
    if (!isEnabled(this._go)) return;
    this._panel?.transfers.ask(this._reason.value.trim().replace(/\p{Surrogate}/gu, ""));
    this.element.close();
  }
}
