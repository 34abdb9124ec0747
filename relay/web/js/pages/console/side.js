/** Beside the conversation: the customer, and what only representatives read. */

import { Entry } from "../../chat/entry.js";
import { whyNot } from "../../chat/state.js";
import { h, icon, press, reconcile, setText } from "../../core/dom.js";
import { Card } from "./card.js";
import { noteRows } from "./notes.js";
import { People } from "./people.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Desk } from "./desk.js" */
/** @import { NoteRow } from "./notes.js" */

/** So near the end counts as at the end. */
const END_PX = 24;

export class Side {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {Desk} desk
   */
  constructor(texts, conversation, desk) {
    this._texts = texts;
    this._conversation = conversation;
    this._desk = desk;
    this._card = new Card(texts);
    this._people = new People(texts, conversation, desk);
    this._list = h("ul", { class: "note-list", tabindex: "0", "aria-label": texts.t("console.notes") });
    this.entry = new Entry(texts, texts.t("console.note_write"), {
      send: (text) => conversation.note(text),
    });
    const title = h("h3", {}, texts.t("console.notes"));
    const notes = h("section", { class: "notes" }, title, this._list, this.entry.element);
    this.element = h("aside", { class: "session-side" }, this._card.element, this._people.element, notes);
    conversation.store.subscribe((view) => this._render(view));
  }

  focus() {
    this.entry.input.focus();
  }

  /** @param {View} view */
  _render(view) {
    this._card.render(view);
    this._people.render(view);
    const follows = this._list.scrollHeight - this._list.scrollTop - this._list.clientHeight < END_PX;
    reconcile(this._list, noteRows(view, this._texts, Date.now()), (row, present) => this._draw(row, present));
    if (follows) this._list.scrollTop = this._list.scrollHeight;
    const { link, permissions } = this._desk.store.value;
    const known = link.name !== "connecting" || permissions.length > 0;
    const forbidden = known && !this._desk.may("session.note") ? this._texts.t("desk.note_forbidden") : "";
    this.entry.bar(forbidden || whyNot(this._texts, view, "note.post"));
  }

  /**
   * @param {NoteRow} row
   * @param {HTMLElement | null} present
   */
  _draw({ kind, text, foot, state, id, why }, present) {
    const body = { class: kind === "note" ? "note" : "note-event" };
    const element = present ?? h("li", body, h("p", { dir: "auto" }), h("p", { class: "note-foot" }));
    const [words, under] = element.children;
    if (words) setText(words, text);
    const look = `${state} ${foot}`;
    if (!(under instanceof HTMLElement) || under.dataset.look === look) return element;
    under.dataset.look = look;
    under.hidden = !foot && state === "stored";
    under.replaceChildren(...(state === "stored" ? [foot] : this._unstored(id, text, why)));
    return element;
  }

  /**
   * @param {string} id
   * @param {string} text
   * @param {NoteRow["why"]} why
   */
  _unstored(id, text, why) {
    const texts = this._texts;
    if (!why) return [icon("pending", "small"), " ", texts.t("chat.pending")];
    const again = press(texts.t("page.edit"), () => {
      this._conversation.forget(id);
      this.entry.take(text);
    });
    const told = texts.t("chat.refused", { why: texts.t(`error.${why}`, { detail: "" }) });
    return [icon("alert", "small"), " ", told, " ", again];
  }
}
