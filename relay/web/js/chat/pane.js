/** The conversation of one session: log, typing mark and entry. Shared by web chat and console. */

import { h, icon, reconcile, setText } from "../core/dom.js";
import { isMoved } from "../core/view.js";
import { draw } from "./bubble.js";
import { Entry } from "./entry.js";
import { nameOf, rows } from "./lines.js";
import { whyNot } from "./state.js";

/** @import { Tell } from "./lines.js" */
/** @import { Conversation } from "../core/conversation.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** So near the end counts as at the end. */
const END_PX = 24;

export class Pane {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {Tell} [tell]
   */
  constructor(texts, conversation, tell) {
    this._tell = tell;
    /** The card of a file; what a page cannot show yet is left out. @type {(id: string) => HTMLElement} */
    this.drawFile = () => h("div", { hidden: true });
    this._texts = texts;
    this._conversation = conversation;
    /** Whether the log follows its end; only the person's own scrolling changes it. */
    this._follows = true;
    this._drawn = 0;
    this._height = 0;
    this._timer = 0;
    this._log = h("div", {
      class: "pane-log",
      role: "log",
      tabindex: "0",
      "aria-label": texts.t("chat.log"),
      "aria-live": "polite",
      onscroll: () => this._onScroll(),
    });
    this._pill = h("button", {
      class: "button primary pane-pill",
      type: "button",
      hidden: true,
      onclick: () => this._toEnd(),
    });
    this._pill.append(icon("down", "small"), texts.t("page.new_lines"));
    this._typing = h("p", "pane-typing");
    this.entry = new Entry(texts, texts.t("chat.write"), {
      send: (text) => this._send(text),
      typing: (on) => conversation.typing(on),
    });
    const view = h("div", "pane-view", this._log, this._pill);
    this.element = h("div", "pane", view, this._typing, this.entry.element);
    document.addEventListener("visibilitychange", () => this._look());
    new ResizeObserver(() => this.fit()).observe(this._log);
    conversation.store.subscribe((value) => this._render(value));
  }

  /** To the log, which on a phone raises no keyboard. */
  focus() {
    this._log.focus();
  }

  /** @param {string} text */
  _send(text) {
    this._conversation.say(text);
    this._follows = true;
  }

  /** @param {View} view */
  _render(view) {
    const all = rows(view, this._texts, Date.now(), this._tell);
    reconcile(this._log, all, (row, present) => {
      if (row.kind === "file") return this.drawFile(row.id);
      return draw(this._texts, row, present, (line) => {
        this._conversation.forget(line.id);
        this.entry.take(line.text);
      });
    });
    if (all.length > this._drawn && !this._follows) this._pill.hidden = false;
    this._drawn = all.length;
    this._renderTyping(view);
    this.entry.element.hidden = view.snapshot?.state === "ended" || isMoved(view);
    this.entry.bar(whyNot(this._texts, view, "chat.post"));
    this._keepEnd();
    this._look();
  }

  /** Take the mark down when its time is over, since nothing else may happen then. @param {View} view */
  _renderTyping(view) {
    const now = Date.now();
    const writing = Object.entries(view.typing).filter(([by, until]) => by !== view.me && until > now);
    const names = writing.map(([by]) => nameOf(view, this._texts, by)).join(", ");
    setText(this._typing, names && this._texts.t("chat.typing", { name: names }));
    clearTimeout(this._timer);
    if (!writing.length) return;
    const wait = Math.min(...writing.map(([, until]) => until)) - now;
    this._timer = setTimeout(() => this._renderTyping(this._conversation.store.value), wait);
  }

  _keepEnd() {
    if (this._follows) this._log.scrollTop = this._log.scrollHeight;
  }

  _toEnd() {
    this._follows = true;
    this._keepEnd();
    this._look();
    this.entry.input.focus();
  }

  _onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this._log;
    // What moved because the log grew or shrank is put right by `fit`, and nobody's wish.
    if (!this._isShown() || clientHeight !== this._height) return;
    this._follows = scrollHeight - scrollTop - clientHeight < END_PX;
    this._look();
  }

  /** The pane came into sight, or its window or its letters changed. */
  fit() {
    this._height = this._log.clientHeight;
    this.entry.grow();
    this._keepEnd();
    this._look();
  }

  /** What stands at the end of a visible pane has been seen. */
  _look() {
    if (!this._follows || !this._isShown()) return;
    this._pill.hidden = true;
    if (document.visibilityState === "visible") this._conversation.seen();
  }

  _isShown() {
    return this._log.clientHeight > 0;
  }
}
