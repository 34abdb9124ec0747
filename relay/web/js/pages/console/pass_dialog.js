/** Choose who takes the customer over, or who is to join: a representative, a team, anybody. */

import { whyNot } from "../../chat/state.js";
import { customerName, nameOf } from "../../chat/lines.js";
import { explain, h, isEnabled, press, reconcile, setText } from "../../core/dom.js";
import { clock } from "../../core/time.js";
import { LIMITS } from "../../protocol.js";
import { Choices } from "./choices.js";
import { destinations, matching, wishKey } from "./destinations.js";
import { dialogOf, dialogTitle } from "./dialog.js";
import { queueName } from "./words.js";

/** @import { InvitationMade } from "../../protocol.js" */
/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Destination } from "./destinations.js" */

/** What the choice is for. @typedef {"session.transfer" | "invitation.make"} Purpose */

export class PassDialog {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   * @param {(words: string) => void} tell
   */
  constructor(texts, desk, tell) {
    this._texts = texts;
    this._desk = desk;
    this._tell = tell;
    /** @type {Purpose} */
    this._purpose = "session.transfer";
    /** @type {Conversation | null} */
    this._conversation = null;
    /** @type {readonly Destination[]} */
    this._all = [];
    this._leave = () => {};
    this._title = dialogTitle("pass-title", "");
    this._text = h("p", { class: "soft" });
    this._search = this._makeSearch();
    this._choices = new Choices(texts.t("desk.choose_label"), () => this._render());
    this._none = h("p", { class: "soft", role: "status" });
    this._note = h("textarea", { class: "input", id: "pass-note", rows: "2" });
    this._note.addEventListener("input", () => this._render());
    const label = h("label", { for: "pass-note" }, texts.t("desk.note"));
    this._noteError = h("p", { class: "error", role: "alert" });
    this._noteField = h("div", { class: "field" }, label, this._note, this._noteError);
    this._go = h("button", { class: "button primary" });
    this._open = h("ul", { class: "invitations" });
    this._opened = h("section", { class: "invited" }, h("h3", {}, texts.t("desk.open_invitations")), this._open);
    this.element = dialogOf(texts, this._title, this._text, this._makeForm(), this._opened);
    this.element.addEventListener("close", () => this._onClose());
    desk.store.subscribe(() => this._render());
  }

  /**
   * @param {Conversation} conversation
   * @param {Purpose} purpose
   */
  open(conversation, purpose) {
    if (this.element.open) return;
    const texts = this._texts;
    const passes = purpose === "session.transfer";
    this._conversation = conversation;
    this._purpose = purpose;
    const name = customerName(conversation.store.value, texts);
    setText(this._title, passes ? texts.t("desk.pass_title", { name }) : texts.t("desk.invite_title", { name }));
    setText(this._text, texts.t(passes ? "desk.pass_text" : "desk.invite_text"));
    setText(this._go, texts.t(passes ? "desk.pass" : "desk.invite"));
    this._noteField.hidden = !passes || !this._desk.may("session.note");
    this._search.value = this._note.value = "";
    this._choices.clear();
    this.element.showModal();
    this._search.focus();
    this._leave = conversation.store.subscribe(() => this._render());
  }

  _onClose() {
    this._leave();
    this._conversation = null;
  }

  _makeSearch() {
    const words = this._texts.t("desk.search");
    const named = { class: "input", type: "search", "aria-label": words, placeholder: words, autocomplete: "off" };
    const search = h("input", named);
    search.addEventListener("input", () => this._render());
    return search;
  }

  _makeForm() {
    const cancel = press(this._texts.t("desk.cancel"), () => this.element.close());
    const buttons = h("div", { class: "dialog-buttons" }, cancel, this._go);
    const list = h("div", { class: "choices-frame" }, this._choices.element, this._none);
    const form = h("form", { class: "pass" }, this._search, list, this._noteField, buttons);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this._send();
    });
    return form;
  }

  _send() {
    const chosen = this._all.find(({ key }) => key === this._choices.chosen);
    const note = this._note.value.trim();
    if (!this._conversation || !chosen || !isEnabled(this._go)) return;
    if (note && !this._noteField.hidden) this._conversation.note(note);
    this._conversation.ask({ t: this._purpose, queue: chosen.wish });
    if (this._purpose === "invitation.make") this._tell(this._texts.t("desk.invited_now", { name: chosen.name }));
    this.element.close();
  }

  _render() {
    const { state, user } = this._desk.store.value;
    const view = this._conversation?.store.value;
    if (!this.element.open || !state || !view?.snapshot) return;
    const { invitations, session } = view.snapshot;
    const helpers = state.sessions.find((one) => one.session === session)?.helpers ?? [user];
    const invites = this._purpose === "invitation.make";
    const invited = invites ? invitations.map(({ queue }) => wishKey(queue)) : null;
    this._all = destinations(this._texts, { state, user, helpers, invited });
    const found = matching(this._all, this._search.value);
    // What is chosen stays in sight, so that nobody sends a customer where they do not see.
    this._choices.show(this._all.filter((one) => found.includes(one) || one.key === this._choices.chosen));
    setText(this._none, found.length ? "" : this._texts.t("desk.nobody_found"));
    this._renderOpen(invites ? invitations : []);
    const over = tooMany(this._note.value.trim());
    const long = over > 0 && !this._noteField.hidden ? this._texts.t("chat.too_long", { n: over }) : "";
    setText(this._noteError, long);
    const choose = this._choices.chosen ? "" : this._texts.t("desk.choose");
    explain(this._go, whyNot(this._texts, view, this._purpose) || long || choose);
  }

  /** @param {readonly InvitationMade[]} invitations */
  _renderOpen(invitations) {
    this._opened.hidden = invitations.length === 0;
    const rows = invitations.map((made) => ({ key: made.id, made }));
    reconcile(this._open, rows, ({ made }, present) => present ?? this._invitation(made));
  }

  /** @param {InvitationMade} made */
  _invitation({ id, queue, by, at }) {
    const texts = this._texts;
    const conversation = this._conversation;
    const name = queueName(texts, queue);
    const inviter = conversation ? nameOf(conversation.store.value, texts, by) : "";
    const about = h("span", { class: "soft" }, `${inviter} · ${clock(texts, at)}`);
    const withdraw = press(texts.t("desk.withdraw"), () => {
      if (isEnabled(withdraw)) conversation?.ask({ t: "invitation.withdraw", invitation: id });
      explain(withdraw, texts.t("desk.under_way"));
    });
    withdraw.setAttribute("aria-label", texts.t("desk.withdraw_name", { name }));
    return h("li", { class: "invitation" }, h("span", { dir: "auto" }, name), about, withdraw);
  }
}

/** How many characters of a note (code points) are over the limit. @param {string} text */
function tooMany(text) {
  return [...text].length - LIMITS.CHAT_CHARS;
}
