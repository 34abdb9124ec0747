/** Make a session key, pass it on, and look after the ones that are still open. */

import { linkWords } from "../../chat/state.js";
import { h, icon, reconcile, setText } from "../../core/dom.js";
import { sentence } from "../../core/http.js";
import { shown } from "../../core/keys.js";
import { span } from "../../core/time.js";
import { qrPicture } from "./qr.js";

/** @import { KeyMade, OpenKey } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */

const TICK_MS = 1000;

export class KeyDialog {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   */
  constructor(texts, desk) {
    this._texts = texts;
    this._desk = desk;
    /** @type {KeyMade | null} */
    this._made = null;
    this._timer = 0;
    this._error = h("p", { class: "error", role: "alert" });
    this._card = h("div", { class: "key-part", role: "status" });
    this._left = h("p", { class: "soft" });
    this._list = h("ul", { class: "key-list" });
    const title = h("h3", {}, texts.t("console.keys_open"));
    this._others = h("section", { class: "key-list" }, title, this._list);
    const parts = [this._head(), this._choice(), this._error, this._card, this._others];
    this.element = h("dialog", { class: "dialog", "aria-labelledby": "key-title" }, ...parts);
    this.element.addEventListener("close", () => this._onClose());
    desk.store.subscribe(() => this._tick());
  }

  open() {
    if (this.element.open) return;
    setText(this._error, "");
    this.element.showModal();
    this._timer = window.setInterval(() => this._tick(), TICK_MS);
    this._tick();
  }

  _onClose() {
    window.clearInterval(this._timer);
    this._made = null;
    this._card.replaceChildren();
  }

  _head() {
    const words = this._texts.t("console.close_dialog");
    const close = h("button", { class: "button plain square", type: "button", title: words }, icon("close"));
    close.setAttribute("aria-label", words);
    close.addEventListener("click", () => this.element.close());
    const title = h("h2", { class: "dialog-title", id: "key-title" }, this._texts.t("console.key"));
    return h("div", { class: "dialog-head" }, title, close);
  }

  _choice() {
    const own = h("button", { class: "button primary", type: "button", autofocus: true });
    own.append(this._texts.t("console.key_own"));
    own.addEventListener("click", () => this._make(true));
    const general = h("button", { class: "button", type: "button" });
    general.append(this._texts.t("console.key_general"));
    general.addEventListener("click", () => this._make(false));
    const hint = h("p", { class: "soft" }, this._texts.t("console.key_hint"));
    return h("div", { class: "key-part" }, hint, h("div", { class: "key-buttons" }, own, general));
  }

  /** @param {boolean} own */
  async _make(own) {
    const { link } = this._desk.store.value;
    setText(this._error, link.name === "online" ? "" : linkWords(this._texts, link));
    try {
      this._made = await this._desk.makeKey(own);
      setText(this._error, "");
      this._card.replaceChildren(...this._parts(this._made));
      this._tick();
    } catch (failure) {
      setText(this._error, sentence(this._texts, failure));
    }
  }

  /** @param {KeyMade} made */
  _parts({ key, link, qr }) {
    const texts = this._texts;
    const number = h("p", { class: "key-number" }, shown(key));
    const picture = qrPicture(qr, texts.t("console.key_qr"));
    const said = h("div", {}, number, this._left);
    const top = h("div", { class: "key-made" }, said, picture);
    const message = texts.t("console.key_text", { link, digits: shown(key) });
    const label = texts.t("console.key_text_label");
    const text = h("textarea", { class: "input key-text", readonly: true, "aria-label": label });
    text.value = message;
    const copyLink = this._copy(texts.t("console.copy_link"), link);
    const copyText = this._copy(texts.t("console.copy_text"), message);
    return [top, text, h("div", { class: "key-buttons" }, copyLink, copyText)];
  }

  /**
   * @param {string} words
   * @param {string} what
   */
  _copy(words, what) {
    const label = h("span", {}, words);
    const button = h("button", { class: "button", type: "button" }, icon("copy"), label);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(what);
        setText(label, this._texts.t("console.copied"));
      } catch {
        setText(this._error, this._texts.t("console.copy_failed"));
      }
    });
    return button;
  }

  _tick() {
    if (!this.element.open) return;
    const keys = this._desk.store.value.state?.keys ?? [];
    const open = keys.some(({ key }) => key === this._made?.key);
    if (this._made) setText(this._left, open ? this._words(this._made.expiresAt) : this._texts.t("console.key_gone"));
    this._others.hidden = keys.length === 0;
    const rows = keys.map((one) => ({ ...one, id: one.key }));
    reconcile(this._list, rows, (row, present) => this._draw(row, present));
  }

  /** @param {number} expiresAt */
  _words(expiresAt) {
    return this._texts.t("console.key_left", { time: span(expiresAt - this._desk.now()) });
  }

  /**
   * @param {OpenKey} row
   * @param {HTMLElement | null} present
   */
  _draw({ key, own, expiresAt }, present) {
    const element = present ?? this._makeRow(key, own);
    const left = element.children[2];
    if (left) setText(left, span(expiresAt - this._desk.now()));
    return element;
  }

  /**
   * @param {string} key
   * @param {boolean} own
   */
  _makeRow(key, own) {
    const texts = this._texts;
    const queue = texts.t(own ? "console.queue_own" : "console.queue_general");
    const cancel = h("button", { class: "button", type: "button" }, texts.t("console.key_cancel"));
    cancel.setAttribute("aria-label", texts.t("console.key_cancel_name", { digits: shown(key) }));
    cancel.addEventListener("click", async () => {
      try {
        await this._desk.cancelKey(key);
      } catch (failure) {
        setText(this._error, sentence(texts, failure));
      }
    });
    const number = h("strong", {}, shown(key));
    const about = h("span", { class: "soft" }, queue);
    return h("li", { class: "key-row" }, number, about, h("span", { class: "soft" }), cancel);
  }
}
