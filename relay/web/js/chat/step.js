/** The way from the web chat to the program: a quiet entry, and a card when it is suggested. */

import { h, press, setText } from "../core/dom.js";
import { late } from "../core/late.js";
import { recall, remember } from "../core/memory.js";
import { allows } from "../core/view.js";
import { nameOf } from "./lines.js";

/** @import { Conversation } from "../core/conversation.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

const KEPT = "suggestion";

export class Step {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {boolean} offered whether the site lets its customers go on in the program
   * @param {() => void} leave takes the focus that would be lost with the card
   */
  constructor(texts, conversation, offered, leave) {
    this._texts = texts;
    this._offered = offered;
    const open = async () => {
      const module = await late(() => import("./program.js"), import.meta.resolve("./program.js")).catch(() => null);
      setText(this.said, module ? "" : texts.t("page.unreachable"));
      if (module) new module.Program(texts, conversation);
    };
    this._words = h("p", {});
    this.said = h("p", { class: "error chat-said", role: "alert" });
    this._seq = "";
    const stay = press(texts.t("notify.no"), () => {
      remember(KEPT, this._seq);
      this.card.hidden = true;
      leave();
    });
    const buttons = h("div", "offer-buttons", stay, press(texts.t("chat.program"), open, "primary"));
    this.entry = press(texts.t("chat.program"), open, "plain");
    this.card = h("section", { class: "offer", role: "status" }, this._words, buttons);
  }

  /** @param {View} view */
  render(view) {
    const { snapshot } = view;
    const can = this._offered && allows(view, "code.make") && view.link.name !== "closed";
    this.entry.hidden = !can || snapshot?.state === "preparing";
    const offered = snapshot?.log.findLast((fact) => fact.t === "client.offered");
    this._seq = `${snapshot?.session} ${offered?.seq}`;
    this.card.hidden = !can || !offered || recall(KEPT) === this._seq;
    const name = offered ? nameOf(view, this._texts, offered.by) : "";
    setText(this._words, this._texts.t("steps.line_offered", { name }));
  }
}
