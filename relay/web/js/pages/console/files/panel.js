/** The files of a session in the console: asking and sending, and all there are. */

import { Cards } from "../../../chat/files/cards.js";
import { legal } from "../../../chat/files/list.js";
import { FilesPart } from "../../../chat/files/part.js";
import { size } from "../../../chat/files/words.js";
import { explain, h, icon, isEnabled, reconcile, setText } from "../../../core/dom.js";
import { actReason, askReason, sendReason } from "./reasons.js";

/** @import { FileAct } from "../../../chat/files/standing.js" */
/** @import { Conversation } from "../../../core/conversation.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */
/** @import { Pane } from "../../../chat/pane.js" */
/** @import { Desk } from "../desk.js" */
/** @import { FileAskDialog } from "./ask_dialog.js" */

const SECOND_MS = 1000;

export class FilesPanel {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {{ desk: Desk, askingFile: FileAskDialog }} tools
   * @param {(words: string) => void} tell
   */
  constructor(texts, conversation, { desk, askingFile }, tell) {
    this._texts = texts;
    this._desk = desk;
    this._tell = tell;
    this._asking = askingFile;
    this.conversation = conversation;
    this.part = new FilesPart(texts, conversation, (words) => words && tell(words), (act) => this._why(act));
    this.transfers = this.part.transfers;
    this._cards = new Cards(texts, conversation, this.transfers, (act) => this._why(act));
    this._ask = this._button("file", texts.t("file.ask"), () => this.ask());
    this._send = this._button("clip", texts.t("file.send"), () => this.part.attach.choose());
    this.button = this._makeAttach();
    this._rules = h("p", { class: "soft file-rules" });
    this._list = h("div", { class: "file-list", tabindex: "0", role: "group", "aria-label": texts.t("file.title") });
    this._empty = h("p", { class: "soft file-none" }, texts.t("file.none"));
    const acts = h("div", "file-tools", this._ask, this._send);
    const named = { class: "session-files", "aria-label": texts.t("file.title") };
    this.element = h("section", named, acts, this._rules, this._empty, this._list);
    this._timer = 0;
    this._forget = desk.store.subscribe(() => this._render());
    conversation.store.subscribe(() => this._render());
  }

  /** The same in the entry of the conversation. */
  _makeAttach() {
    const name = this._texts.t("file.send");
    const named = { class: "button attach", type: "button", title: name, "aria-label": name };
    const button = h("button", named, icon("clip"));
    button.addEventListener("click", () => isEnabled(button) && this.part.attach.choose());
    return button;
  }

  /**
   * Take what is dragged or pasted onto `session`, and stand in its conversation.
   * @param {HTMLElement} session
   * @param {Pane} pane
   */
  show(session, pane) {
    this.part.listen(session);
    pane.drawFile = (id) => this.part.draw(id);
    pane.entry.element.prepend(this.button);
  }

  /** How many wait for this representative: to be taken, or to be saved. */
  get waiting() {
    const view = this.conversation.store.value;
    return this._cards.all.filter((one) => {
      const may = legal(view, one);
      return may.includes("file.accept") || may.includes("file.take");
    }).length;
  }

  /** Why the customer cannot be asked for a file now, or nothing. */
  get askReason() {
    const view = this.conversation.store.value;
    return askReason(this._texts, view, (one) => this._desk.may(one), this._desk.now());
  }

  focus() {
    (isEnabled(this._ask) ? this._ask : this._list).focus();
  }

  /** Ask the customer for a file, if that can be done now. */
  ask() {
    if (!this.askReason) this._asking.open(this);
  }

  /** The tab is closed. */
  stop() {
    clearTimeout(this._timer);
    this._forget();
    this.transfers.stop();
  }

  /** @param {FileAct} act */
  _why(act) {
    return actReason(this._texts, act, (one) => this._desk.may(one));
  }

  _render() {
    const view = this.conversation.store.value;
    const barred = sendReason(this._texts, view, (one) => this._desk.may(one));
    const asking = this.askReason;
    this.part.attach.bar(barred);
    for (const button of [this._send, this.button]) explain(button, barred);
    explain(this._ask, asking);
    this._renderRules(view);
    const all = this._cards.all.toReversed().map(({ id }) => ({ key: id }));
    reconcile(this._list, all, ({ key }) => this._cards.element(key));
    this._empty.hidden = all.length > 0;
    this._list.hidden = !all.length;
    // A no stands for a while only, and its time is shown.
    clearTimeout(this._timer);
    if (asking && !barred) this._timer = window.setTimeout(() => this._render(), SECOND_MS);
  }

  /** What is allowed here, before anything is chosen. @param {View} view */
  _renderRules({ rules }) {
    const parts = [];
    if (rules) parts.push(this._texts.t("file.rule_size", { size: size(this._texts, rules.mostBytes) }));
    if (rules?.blocked.length) parts.push(this._texts.t("file.rule_blocked", { names: rules.blocked.join(", ") }));
    setText(this._rules, parts.join(" "));
  }

  /**
   * @param {string} sign
   * @param {string} words
   * @param {() => void} run
   */
  _button(sign, words, run) {
    const element = h("button", { class: "button", type: "button" }, icon(sign), words);
    element.addEventListener("click", () => isEnabled(element) && run());
    return element;
  }
}
