/** What can be done in a session, as a row of buttons; each that is grey says why. */

import { confirm } from "../../chat/confirm.js";
import { customerName, nameOf } from "../../chat/lines.js";
import { explain, h, icon, isEnabled } from "../../core/dom.js";
import { helpers } from "../../core/view.js";
import { NEEDS, reason } from "./reasons.js";
import { listed } from "./words.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Desk } from "./desk.js" */
/** @import { FileAskDialog } from "./files/ask_dialog.js" */
/** @import { NoticeDialog } from "./notice_dialog.js" */
/** @import { PassDialog } from "./pass_dialog.js" */
/** @import { Act } from "./reasons.js" */
/** @import { AskDialog } from "./share/ask_dialog.js" */

/** What all sessions of the console share. */
/**
 * @typedef {{ desk: Desk, passing: PassDialog, notices: NoticeDialog, asking: AskDialog,
 *   askingFile: FileAskDialog }} Tools
 */

/** @type {readonly (readonly [Act, string, string, string])[]} Act, icon, words, and what it does. */
const BUTTONS = [
  ["pass", "pass", "desk.pass", "console.shortcut_pass"],
  ["invite", "invite", "desk.invite", "console.shortcut_invite"],
  ["leave", "leave", "desk.leave", "console.shortcut_quit"],
  ["notice", "notice", "desk.notice", "console.shortcut_notice"],
  ["program", "screen", "desk.program", "console.shortcut_program"],
];

export class Actions {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {Tools} tools
   */
  constructor(texts, conversation, tools) {
    this._texts = texts;
    this._conversation = conversation;
    this._tools = tools;
    /** @type {Map<Act, HTMLButtonElement>} */
    this._buttons = new Map(BUTTONS.map(([act, sign, words, does]) => [act, this._make(act, sign, words, does)]));
    const end = h("button", { class: "button", type: "button" }, texts.t("session.end"));
    end.addEventListener("click", () => this.run("end"));
    this._buttons.set("end", end);
    const named = { class: "session-acts", role: "group", "aria-label": texts.t("desk.acts") };
    this.element = h("div", named, ...this._buttons.values());
  }

  /**
   * Do it, if it can be done now.
   * @param {Act} act
   */
  run(act) {
    const button = this._buttons.get(act);
    if (!button || button.hidden || this.element.hidden || !isEnabled(button)) return;
    switch (act) {
      case "pass":
        return this._tools.passing.open(this._conversation, "session.transfer");
      case "invite":
        return this._tools.passing.open(this._conversation, "invitation.make");
      case "notice":
        return this._tools.notices.open(this._conversation);
      case "program":
        return this._conversation.ask({ t: "client.offer" });
      case "leave":
        return void this._leave();
      case "end":
        return void this._end();
    }
  }

  /** @param {View} view */
  render(view) {
    const notices = this._tools.desk.store.value.state?.notices ?? [];
    for (const [act, button] of this._buttons) {
      const need = NEEDS[act];
      button.hidden = need !== undefined && !this._tools.desk.may(need);
      explain(button, reason(this._texts, view, act, notices));
    }
  }

  async _leave() {
    const view = this._conversation.store.value;
    const others = helpers(view).filter(({ id }) => id !== view.me);
    const names = listed(this._texts, others.map(({ id }) => nameOf(view, this._texts, id)));
    const sure = await confirm({
      title: this._texts.t("desk.leave_title"),
      text: this._texts.t("desk.leave_text", { customer: customerName(view, this._texts), names }),
      yes: this._texts.t("desk.leave"),
      no: this._texts.t("desk.leave_keep"),
    });
    if (sure) this._conversation.ask({ t: "session.leave" });
  }

  /** End for everybody, after one confirmation. */
  async _end() {
    const sure = await confirm({
      title: this._texts.t("session.end_title"),
      text: this._texts.t("session.end_text"),
      yes: this._texts.t("session.end"),
      no: this._texts.t("session.end_keep"),
    });
    if (sure) this._conversation.end();
  }

  /**
   * @param {Act} act
   * @param {string} sign
   * @param {string} words
   * @param {string} does
   */
  _make(act, sign, words, does) {
    const name = this._texts.t(words);
    const label = h("span", { class: "button-word" }, name);
    const named = { class: "button", type: "button", title: this._texts.t(does), "aria-label": name };
    return h("button", { ...named, onclick: () => this.run(act) }, icon(sign), label);
  }
}
