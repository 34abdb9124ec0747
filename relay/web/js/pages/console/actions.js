/** What can be done in a session, as a row of buttons; each that is grey says why. */

import { confirm } from "../../chat/confirm.js";
import { customerName, nameOf } from "../../chat/lines.js";
import { explain, h, icon, isEnabled, setText } from "../../core/dom.js";
import { helpers } from "../../core/view.js";
import { NEEDS, nudgeDue, reason } from "./reasons.js";
import { listed } from "./words.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { CannedShelf } from "./canned/store.js" */
/** @import { Desk } from "./desk.js" */
/** @import { FileAskDialog } from "./files/ask_dialog.js" */
/** @import { LinkDialog } from "./link_dialog.js" */
/** @import { NoticeDialog } from "./notice_dialog.js" */
/** @import { PassDialog } from "./pass_dialog.js" */
/** @import { Act } from "./reasons.js" */
/** @import { AskDialog } from "./share/ask_dialog.js" */

/** What all sessions of the console share. */
/**
 * @typedef {{ desk: Desk, passing: PassDialog, notices: NoticeDialog, links: LinkDialog,
 *   asking: AskDialog, askingFile: FileAskDialog, canned: CannedShelf }} Tools
 */

/** @type {readonly (readonly [Act, string, string, string])[]} Act, icon, words, and what it does. */
const BUTTONS = [
  ["nudge", "nudge", "desk.nudge", "console.shortcut_nudge"],
  ["hold", "hold", "desk.hold", "console.shortcut_hold"],
  ["pass", "pass", "desk.pass", "console.shortcut_pass"],
  ["invite", "invite", "desk.invite", "console.shortcut_invite"],
  ["leave", "leave", "desk.leave", "console.shortcut_quit"],
  ["notice", "notice", "desk.notice", "console.shortcut_notice"],
  ["link", "globe", "desk.link", "console.shortcut_link"],
  ["program", "screen", "desk.program", "console.shortcut_program"],
];

/** What is needed now and then: a sign alone where room is short. @type {ReadonlySet<Act>} */
const RARE = new Set(["leave", "notice", "link", "program"]);

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
    this._timer = 0;
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
      case "nudge":
        return this._conversation.ask({ t: "nudge.send" });
      case "hold":
        return this._hold();
      case "link":
        return this._tools.links.open(this._conversation);
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
    const now = Date.now() + view.ahead;
    for (const [act, button] of this._buttons) {
      const need = NEEDS[act];
      button.hidden = need !== undefined && !this._tools.desk.may(need);
      explain(button, reason(this._texts, view, act, notices, now));
    }
    this._renderHold(view);
    clearTimeout(this._timer);
    const due = nudgeDue(view, now);
    if (due) this._timer = setTimeout(() => this.render(this._conversation.store.value), due - now);
  }

  /** One button asks to wait, and goes on. @param {View} view */
  _renderHold({ snapshot }) {
    const button = this._buttons.get("hold");
    const held = Boolean(snapshot?.holder);
    const name = this._texts.t(held ? "desk.resume" : "desk.hold");
    if (!button || button.getAttribute("aria-label") === name) return;
    button.setAttribute("aria-label", name);
    button.classList.toggle("primary", held);
    const [sign, word] = button.children;
    sign?.replaceWith(icon(held ? "play" : "hold"));
    if (word) setText(word, name);
  }

  _hold() {
    const held = this._conversation.store.value.snapshot?.holder;
    this._conversation.ask({ t: held ? "session.resume" : "session.hold" });
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
    const look = RARE.has(act) ? "button rare" : "button";
    const named = { class: look, type: "button", title: this._texts.t(does), "aria-label": name };
    return h("button", { ...named, onclick: () => this.run(act) }, icon(sign), label);
  }
}
