/** Beside the conversation: the customer, and notes that only representatives read. */

import { Entry } from "../../chat/entry.js";
import { customerName, nameOf } from "../../chat/lines.js";
import { whyNot } from "../../chat/state.js";
import { h, icon, reconcile } from "../../core/dom.js";
import { ago, clock } from "../../core/time.js";
import { participant } from "../../core/view.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

export class Side {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   */
  constructor(texts, conversation) {
    this._texts = texts;
    this._facts = h("dl", {});
    this._list = h("ul", { class: "note-list", tabindex: "0", "aria-label": texts.t("console.notes") });
    this._entry = new Entry(texts, texts.t("console.note_write"), {
      send: (text) => conversation.note(text),
    });
    const info = h("section", { class: "info" }, h("h3", {}, texts.t("console.info")), this._facts);
    const title = h("h3", {}, texts.t("console.notes"));
    const notes = h("section", { class: "notes" }, title, this._list, this._entry.element);
    this.element = h("aside", { class: "session-side" }, info, notes);
    conversation.store.subscribe((view) => this._render(view));
  }

  focus() {
    this._entry.input.focus();
  }

  /** @param {View} view */
  _render(view) {
    this._renderInfo(view);
    this._renderNotes(view);
    this._entry.bar(whyNot(this._texts, view, "note.post"));
  }

  /** @param {View} view */
  _renderInfo(view) {
    const texts = this._texts;
    const customer = participant(view, "customer");
    const opened = view.snapshot?.log.find((fact) => fact.t === "session.opened");
    /** @type {[string, string][]} */
    const facts = [[texts.t("console.info_name"), customerName(view, texts)]];
    if (customer?.system) facts.push([texts.t("console.info_system"), customer.system]);
    const door = customer?.door === "client" ? "console.door_client" : "console.door_chat";
    if (customer) facts.push([texts.t("console.info_door"), texts.t(door)]);
    if (opened) facts.push([texts.t("console.info_since"), clock(texts, opened.at)]);
    const queue = view.snapshot?.queue || texts.t("console.queue_general");
    facts.push([texts.t("console.info_queue"), queue]);
    const rows = facts.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]);
    this._facts.replaceChildren(...rows);
  }

  /** @param {View} view */
  _renderNotes(view) {
    const texts = this._texts;
    const now = Date.now();
    const notes = view.snapshot?.notes ?? [];
    const told = notes.map(({ by, id, text, at }) => {
      const foot = `${nameOf(view, texts, by)} · ${ago(texts, at, now)}`;
      return { key: `${by} ${id}`, text, foot: [foot] };
    });
    const pending = view.pending.flatMap(({ request, why }) => {
      if (request.t !== "note.post") return [];
      const state = why ? texts.t("chat.refused", { why: texts.t(`error.${why}`) }) : texts.t("chat.pending");
      const foot = [icon(why ? "alert" : "pending", "small"), " ", state];
      return [{ key: `${view.me} ${request.id}`, text: request.text, foot }];
    });
    const follows = this._list.scrollHeight - this._list.scrollTop - this._list.clientHeight < 24;
    reconcile(this._list, [...told, ...pending], ({ text, foot }, present) => {
      const element = present ?? h("li", { class: "note" }, h("p", {}, text), h("p", { class: "note-foot" }));
      element.children[1]?.replaceChildren(...foot);
      return element;
    });
    if (follows) this._list.scrollTop = this._list.scrollHeight;
  }
}
