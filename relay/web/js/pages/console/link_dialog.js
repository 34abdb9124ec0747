/** Offer the customer of a session a page, which they may open. */

import { customerName } from "../../chat/lines.js";
import { whyNot } from "../../chat/state.js";
import { explain, h, isEnabled, press, setText } from "../../core/dom.js";
import { LIMITS } from "../../protocol_more.js";
import { dialogOf, dialogTitle } from "./dialog.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */

export class LinkDialog {
  /** @param {Texts} texts */
  constructor(texts) {
    this._texts = texts;
    /** @type {Conversation | null} */
    this._conversation = null;
    this._leave = () => {};
    this._title = dialogTitle("link-title", "");
    this._text = h("p", { class: "soft" });
    const field = { class: "input", id: "link-url", type: "url", maxlength: String(LIMITS.URL_CHARS) };
    this._url = h("input", { ...field, placeholder: "https://", "aria-describedby": "link-leads" });
    this._url.autocomplete = "off";
    this._url.addEventListener("input", () => this._render());
    const label = h("label", { for: "link-url" }, texts.t("desk.link_label"));
    this._leads = h("p", { class: "soft link-leads", id: "link-leads", role: "status" });
    this._go = h("button", { class: "button primary" }, texts.t("desk.link_send"));
    const cancel = press(texts.t("desk.cancel"), () => this.element.close());
    const buttons = h("div", { class: "dialog-buttons" }, cancel, this._go);
    const form = h("form", { class: "pass", novalidate: true });
    form.append(h("div", { class: "field" }, label, this._url, this._leads), buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this._offer();
    });
    this.element = dialogOf(texts, this._title, this._text, form);
    this.element.addEventListener("close", () => this._onClose());
  }

  /** @param {Conversation} conversation */
  open(conversation) {
    if (this.element.open) return;
    this._conversation = conversation;
    const name = customerName(conversation.store.value, this._texts);
    setText(this._title, this._texts.t("desk.link_title", { name }));
    setText(this._text, this._texts.t("desk.link_text", { name }));
    this._url.value = "";
    this.element.showModal();
    this._leave = conversation.store.subscribe(() => this._render());
    this._url.focus();
  }

  _onClose() {
    this._leave();
    this._conversation = null;
  }

  _offer() {
    const url = address(this._url.value);
    if (!url || !isEnabled(this._go)) return;
    this._conversation?.ask({ t: "link.push", url: url.href });
    this.element.close();
  }

  _render() {
    const view = this._conversation?.store.value;
    if (!view) return;
    const texts = this._texts;
    const url = address(this._url.value);
    setText(this._leads, url ? texts.t("desk.link_leads", { host: url.host }) : "");
    const missing = this._url.value.trim() ? texts.t("desk.link_wrong") : texts.t("desk.link_none");
    explain(this._go, whyNot(texts, view, "link.push") || (url ? "" : missing));
  }
}

/**
 * The address of a page, as a browser would go there; null for anything else. One that would show
 * another host than it leads to, by a name before it, is none.
 * @param {string} text
 */
export function address(text) {
  if (!URL.canParse(text.trim())) return null;
  const url = new URL(text.trim());
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  return url.href.length <= LIMITS.URL_CHARS ? url : null;
}
