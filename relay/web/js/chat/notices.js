/** Notices as cards that fold. Whose problem one names may leave, and be told when it is solved. */

import { drawBlocks } from "../core/blocks.js";
import { h, icon, press, reconcile, setText } from "../core/dom.js";
import { plain } from "../core/markup.js";
import { remember } from "../core/memory.js";
import { LIMITS } from "../protocol.js";
import { nameOf } from "./lines.js";

/** @import { NoticeTold } from "../protocol.js" */
/** @import { Conversation } from "../core/conversation.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

export class Notices {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {boolean} mail whether the relay can send e-mail
   */
  constructor(texts, conversation, mail) {
    this._texts = texts;
    this._conversation = conversation;
    this._mail = mail;
    this._talking = false;
    this.element = h("section", { class: "notices", "aria-label": texts.t("steps.notices") });
  }

  /** @param {View} view */
  render({ snapshot, refusal }) {
    const notices = snapshot?.state === "ended" ? [] : (snapshot?.notices ?? []);
    this.element.hidden = !notices.length;
    const rows = notices.map((notice) => ({ notice, key: `${notice.notice} ${notice.seq}` }));
    // What was read in the queue makes room for the conversation.
    const talking = snapshot?.state === "active";
    if (talking && !this._talking) for (const card of this.element.querySelectorAll("details")) card.open = false;
    this._talking = talking;
    reconcile(this.element, rows, ({ notice }, present) => present ?? this._card(notice));
    if (refusal?.asked !== "notice.mine") return;
    const why = this._texts.t(`error.${refusal.code}`, { detail: "" });
    for (const said of this.element.querySelectorAll(".error")) setText(said, why);
  }

  /** @param {NoticeTold} notice */
  _card(notice) {
    const { _texts: texts } = this;
    const foot = h("div", "notice-foot");
    const mine = press(texts.t("steps.notice_mine"), () => this._leave(notice.notice, foot, mine));
    foot.append(mine);
    const name = notice.by && nameOf(this._conversation.store.value, texts, notice.by);
    const from = name && h("span", "soft", texts.t("steps.notice_from", { name }));
    const first = h("span", "notice-first", plain(notice.text));
    const head = h("summary", {}, icon("alert"), h("span", {}, texts.t("steps.notice")), from || null, first);
    return h("details", { class: "notice", open: true }, head, drawBlocks(texts, notice.text), foot);
  }

  /**
   * Ask whether to leave, in the place of the button.
   * @param {string} notice
   * @param {HTMLElement} foot
   * @param {HTMLElement} mine
   */
  _leave(notice, foot, mine) {
    const { _texts: texts, _talking: talking } = this;
    const said = h("p", { class: "error", role: "alert" });
    const go = h("button", "button primary");
    go.append(texts.t(talking ? "steps.notice_leave_session" : "steps.notice_leave"));
    const stay = press(texts.t("steps.notice_stay"), () => {
      foot.replaceChildren(mine);
      mine.focus();
    });
    const most = String(LIMITS.EMAIL_CHARS);
    const field = h("input", { class: "input", type: "email", maxlength: most, autocomplete: "email" });
    const told = this._mail
      ? h("label", "field", h("strong", {}, texts.t("steps.notice_email")), field)
      : null;
    const hint = texts.t(told ? "steps.notice_email_hint" : "steps.notice_no_mail");
    const form = h(
      "form",
      { class: "notice-form", novalidate: true },
      h("h3", {}, texts.t("steps.notice_mine_title")),
      h("p", {}, texts.t(talking ? "steps.notice_mine_talking" : "steps.notice_mine_waiting")),
      told,
      h("p", "soft", hint),
      said,
      h("div", "dialog-buttons", stay, go),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const email = field.value;
      setText(said, field.validity.valid ? "" : texts.t("steps.notice_email_wrong"));
      field.setAttribute("aria-invalid", String(!field.validity.valid));
      if (!field.validity.valid) return field.focus();
      remember("noted", JSON.stringify({ notice, email }));
      this._conversation.ask({ t: "notice.mine", notice, email });
    });
    foot.replaceChildren(form);
    (told ? field : stay).focus();
  }
}
