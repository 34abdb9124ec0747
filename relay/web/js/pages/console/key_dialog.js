/** Make a session key, pass it on, and look after the ones that are still open. */

import { linkWords } from "../../chat/state.js";
import { h, icon, press, reconcile, setText } from "../../core/dom.js";
import { sentence } from "../../core/http.js";
import { shown } from "../../core/keys.js";
import { span } from "../../core/time.js";
import { dialogOf, dialogTitle } from "./dialog.js";
import { qrPicture } from "./qr.js";
import { ownQueues, queueKey } from "./queue_order.js";
import { ownQueueName } from "./words.js";

/** @import { KeyMade, OpenKey, Queue, QueueWish } from "../../protocol.js" */
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
    this._buttons = h("div", { class: "key-buttons" });
    const hint = h("p", { class: "soft" }, texts.t("console.key_hint"));
    const choice = h("div", { class: "key-part" }, hint, this._buttons);
    this._others = h("section", { class: "key-list" }, h("h3", {}, texts.t("console.keys_open")), this._list);
    const title = dialogTitle("key-title", texts.t("console.key"));
    this.element = dialogOf(texts, title, choice, this._error, this._card, this._others);
    this.element.addEventListener("close", () => this._onClose());
    desk.store.subscribe(() => this._tick());
  }

  open() {
    // What one's role allows may come in a moment; the relay knows it anyway.
    const isKnown = this._desk.store.value.permissions.length > 0;
    if (this.element.open || (isKnown && !this._desk.may("key.make"))) return;
    setText(this._error, "");
    this._offer();
    this.element.showModal();
    const [first] = this._buttons.children;
    if (first instanceof HTMLElement) first.focus();
    this._timer = window.setInterval(() => this._tick(), TICK_MS);
    this._tick();
  }

  _onClose() {
    window.clearInterval(this._timer);
    this._made = null;
    this._card.replaceChildren();
  }

  /** A button for each queue that one may take from. */
  _offer() {
    const queues = ownQueues(this._desk.store.value.state?.teams ?? []);
    const rows = queues.map((queue) => ({ key: queueKey(queue), queue }));
    reconcile(this._buttons, rows, ({ queue }, present) => {
      const { kind, id } = queue;
      const look = kind === "personal" ? "primary" : "";
      const button = present ?? press("", () => void this._make({ kind, id }), look);
      setText(button, this._keyFor(queue));
      return button;
    });
  }

  /** @param {Queue} queue */
  _keyFor({ kind, name }) {
    if (kind === "team") return this._texts.t("console.key_team", { name });
    return this._texts.t(kind === "personal" ? "console.key_own" : "console.key_general");
  }

  /** @param {QueueWish} queue */
  async _make(queue) {
    const { link } = this._desk.store.value;
    setText(this._error, link.name === "online" ? "" : linkWords(this._texts, link));
    try {
      this._made = await this._desk.makeKey(queue);
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
    this._offer();
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
  _draw({ key, queue, expiresAt }, present) {
    const element = present ?? this._makeRow(key, queue);
    const left = element.children[2];
    if (left) setText(left, span(expiresAt - this._desk.now()));
    return element;
  }

  /**
   * @param {string} key
   * @param {Queue} queue
   */
  _makeRow(key, queue) {
    const texts = this._texts;
    const cancel = press(texts.t("console.key_cancel"), async () => {
      try {
        await this._desk.cancelKey(key);
      } catch (failure) {
        setText(this._error, sentence(texts, failure));
      }
    });
    cancel.setAttribute("aria-label", texts.t("console.key_cancel_name", { digits: shown(key) }));
    const about = h("span", { class: "soft key-queue", dir: "auto" }, ownQueueName(texts, queue));
    return h("li", { class: "key-row" }, h("strong", {}, shown(key)), about, h("span", { class: "soft" }), cancel);
  }
}
