/** One session in the console: its tab, its conversation, and what is known about the customer. */

import { confirm } from "../../chat/confirm.js";
import { customerName } from "../../chat/lines.js";
import { Pane } from "../../chat/pane.js";
import { linkWords, stateOf, whyNot } from "../../chat/state.js";
import { Conversation } from "../../core/conversation.js";
import { explain, h, icon, isEnabled, setText } from "../../core/dom.js";
import { participant, unread } from "../../core/view.js";
import { Side } from "./side.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/**
 * What the page does when the tab is chosen or closed.
 * @typedef {{ choose: () => void, close: () => void, changed: () => void }} Acts
 */

export class Session {
  /**
   * @param {Texts} texts
   * @param {string} id
   * @param {Acts} acts
   */
  constructor(texts, id, acts) {
    this._texts = texts;
    this._acts = acts;
    this.conversation = new Conversation({
      door: "session",
      role: "representative",
      session: id,
      drawer: sessionStorage,
    });
    this.pane = new Pane(texts, this.conversation);
    this.side = new Side(texts, this.conversation);
    this._tabName = h("span", { class: "tab-name" });
    this._tabMarks = h("span", { class: "state" });
    this.tab = this._makeTab(id);
    this._name = h("h2", {});
    this._state = h("span", { class: "state", role: "status" });
    this._end = h("button", { class: "button", type: "button" }, texts.t("session.end"));
    this._end.addEventListener("click", () => this.end());
    const who = h("div", { class: "session-who" }, this._name, this._state);
    const head = h("header", { class: "session-head" }, who, this._end);
    this._done = this._makeDone();
    const talk = h("div", { class: "session-talk" }, this.pane.element, this._done);
    const panel = { class: "session", role: "tabpanel", id: `session-${id}`, hidden: true };
    const labelled = { ...panel, "aria-labelledby": `tab-${id}` };
    this.element = h("section", labelled, head, talk, this.side.element);
    this.conversation.store.subscribe((view) => this._render(view));
    this.conversation.start();
  }

  /** @param {string} id */
  _makeTab(id) {
    const linked = { id: `tab-${id}`, "aria-controls": `session-${id}`, "aria-selected": "false" };
    const tab = { class: "tab", type: "button", role: "tab", tabindex: "-1", ...linked };
    const element = h("button", tab, this._tabName, this._tabMarks);
    element.addEventListener("click", () => this._acts.choose());
    return element;
  }

  _makeDone() {
    const close = h("button", { class: "button primary", type: "button" }, this._texts.t("console.close"));
    close.addEventListener("click", () => this._acts.close());
    return h("div", { class: "session-done", hidden: true }, h("p", { role: "status" }), close);
  }

  /**
   * Whether it shows; a session that does not is still connected and counts what comes.
   * @param {boolean} on
   */
  show(on) {
    this.element.hidden = !on;
    this.tab.setAttribute("aria-selected", String(on));
    this.tab.tabIndex = on ? 0 : -1;
  }

  get unread() {
    return unread(this.conversation.store.value);
  }

  focus() {
    this.pane.entry.input.focus();
  }

  /** End for everybody, after one confirmation. */
  async end() {
    if (!isEnabled(this._end) || this._end.hidden) return;
    const sure = await confirm({
      title: this._texts.t("session.end_title"),
      text: this._texts.t("session.end_text"),
      yes: this._texts.t("session.end"),
      no: this._texts.t("session.end_keep"),
    });
    if (sure) this.conversation.end();
  }

  stop() {
    this.conversation.stop();
  }

  /** @param {View} view */
  _render(view) {
    const texts = this._texts;
    const name = customerName(view, texts);
    setText(this._name, name);
    this._state.replaceChildren(...stateOf(texts, view, "customer"));
    this._renderTab(view, name);
    const ended = view.snapshot?.state === "ended";
    const over = ended || view.link.name === "closed";
    this._state.hidden = over;
    this._end.hidden = over;
    this._done.hidden = !over;
    const [words] = this._done.children;
    if (words) setText(words, ended ? texts.t("session.ended_title") : linkWords(texts, view.link));
    explain(this._end, whyNot(texts, view, "session.end"));
    this._acts.changed();
  }

  /**
   * @param {View} view
   * @param {string} name
   */
  _renderTab(view, name) {
    const texts = this._texts;
    const customer = participant(view, "customer");
    const ended = view.snapshot?.state === "ended";
    const away = !ended && customer !== null && !view.present.has(customer.id);
    const count = unread(view);
    const marks = [];
    if (ended) marks.push(icon("done", "small"), read(texts.t("session.ended_title")));
    if (away) marks.push(icon("away", "small"), read(texts.t("page.offline")));
    if (count) {
      const badge = h("span", { class: "badge", "aria-hidden": "true" }, String(count));
      marks.push(badge, read(texts.count("console.unread", count)));
    }
    setText(this._tabName, name);
    this._tabMarks.replaceChildren(...marks);
  }
}

/** Words for readers beside a sign. @param {string} words */
function read(words) {
  return h("span", { class: "only-read" }, words);
}
