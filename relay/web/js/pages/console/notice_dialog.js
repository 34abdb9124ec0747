/** Choose a notice to show to the customer of a session. */

import { customerName } from "../../chat/lines.js";
import { whyNot } from "../../chat/state.js";
import { drawBlocks } from "../../core/blocks.js";
import { explain, h, isEnabled, press, setText } from "../../core/dom.js";
import { Choices } from "./choices.js";
import { dialogOf, dialogTitle } from "./dialog.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { NoticeChoice } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Desk } from "./desk.js" */

export class NoticeDialog {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   */
  constructor(texts, desk) {
    this._texts = texts;
    this._desk = desk;
    /** @type {Conversation | null} */
    this._conversation = null;
    this._leave = () => {};
    this._title = dialogTitle("notice-title", "");
    this._choices = new Choices(texts.t("desk.notices"), () => this._render());
    this._go = h("button", { class: "button primary" }, texts.t("desk.notice_send"));
    const cancel = press(texts.t("desk.cancel"), () => this.element.close());
    const buttons = h("div", { class: "dialog-buttons" }, cancel, this._go);
    const list = h("div", { class: "choices-frame" }, this._choices.element);
    this._preview = h("div", { class: "notice-preview", role: "status" });
    const form = h("form", { class: "pass" }, list, this._preview, buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this._send();
    });
    const text = h("p", { class: "soft" }, texts.t("desk.notice_text"));
    this.element = dialogOf(texts, this._title, text, form);
    this.element.addEventListener("close", () => this._onClose());
    desk.store.subscribe(() => this._render());
  }

  /** @param {Conversation} conversation */
  open(conversation) {
    if (this.element.open) return;
    this._conversation = conversation;
    const name = customerName(conversation.store.value, this._texts);
    setText(this._title, this._texts.t("desk.notice_title", { name }));
    this._choices.clear();
    this.element.showModal();
    this._leave = conversation.store.subscribe(() => this._render());
    this._choices.focus();
  }

  _onClose() {
    this._leave();
    this._conversation = null;
  }

  _send() {
    const notice = this._choices.chosen;
    if (!notice || !isEnabled(this._go)) return;
    this._conversation?.ask({ t: "notice.send", notice });
    this.element.close();
  }

  _render() {
    const view = this._conversation?.store.value;
    if (!this.element.open || !view?.snapshot) return;
    const texts = this._texts;
    const told = new Set(view.snapshot.notices.map(({ notice }) => notice));
    const notices = this._desk.store.value.state?.notices ?? [];
    const rows = notices.map(({ id, name }) => {
      const why = told.has(id) ? texts.t("desk.notice_told") : "";
      return { key: id, group: "", name, about: "", dot: "", why };
    });
    this._choices.show(rows);
    this._show(notices.find(({ id }) => id === this._choices.chosen), view);
    const choose = this._choices.chosen ? "" : texts.t("desk.notice_choose");
    explain(this._go, whyNot(texts, view, "notice.send") || choose);
  }

  /**
   * What the customer would read, in their language if the notice has it.
   * @param {NoticeChoice | undefined} notice
   * @param {View} view
   */
  _show(notice, view) {
    const language = view.snapshot?.log.find((fact) => fact.t === "session.opened")?.language ?? "";
    const text = notice?.texts[language] || Object.values(notice?.texts ?? {})[0] || "";
    this._preview.hidden = !text;
    if (this._preview.dataset.shown === text) return;
    this._preview.dataset.shown = text;
    this._preview.replaceChildren(drawBlocks(this._texts, text));
  }
}
