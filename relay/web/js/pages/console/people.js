/** Who helps in a session, and taking somebody out of it. */

import { confirm } from "../../chat/confirm.js";
import { customerName, nameOf } from "../../chat/lines.js";
import { whyNot } from "../../chat/state.js";
import { explain, h, isEnabled, press, reconcile, setText } from "../../core/dom.js";
import { helpers } from "../../core/view.js";

/** @import { Conversation } from "../../core/conversation.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Desk } from "./desk.js" */

export class People {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {Desk} desk
   */
  constructor(texts, conversation, desk) {
    this._texts = texts;
    this._conversation = conversation;
    this._desk = desk;
    this._list = h("ul", { class: "people-list", "aria-label": texts.t("desk.people_here") });
    this.element = h("section", { class: "people", hidden: true }, h("h3", {}, texts.t("desk.people_here")), this._list);
  }

  /** One alone is known from the head of the session. @param {View} view */
  render(view) {
    const here = helpers(view).map(({ id }) => ({ key: id, id }));
    this.element.hidden = here.length < 2 || view.snapshot?.state !== "active";
    reconcile(this._list, here, ({ id }, present) => this._draw(view, id, present));
  }

  /**
   * @param {View} view
   * @param {string} id
   * @param {HTMLElement | null} present
   */
  _draw(view, id, present) {
    const texts = this._texts;
    const name = nameOf(view, texts, id);
    const element = present ?? h("li", {}, h("span", { dir: "auto" }), ...this._remover(id));
    const [words, remove] = element.children;
    if (words) setText(words, id === view.me ? texts.t("desk.you", { name }) : name);
    if (remove instanceof HTMLButtonElement) {
      remove.hidden = !this._desk.may("session.remove");
      remove.setAttribute("aria-label", texts.t("desk.remove_name", { name }));
      explain(remove, whyNot(texts, view, "representative.remove"));
    }
    return element;
  }

  /** @param {string} id */
  _remover(id) {
    if (id === this._conversation.store.value.me) return [];
    const button = press(this._texts.t("desk.remove"), () => isEnabled(button) && void this._remove(id), "small");
    return [button];
  }

  /** @param {string} who */
  async _remove(who) {
    const texts = this._texts;
    const view = this._conversation.store.value;
    const name = nameOf(view, texts, who);
    const sure = await confirm({
      title: texts.t("desk.remove_title", { name }),
      text: texts.t("desk.remove_text", { name, customer: customerName(view, texts) }),
      yes: texts.t("desk.remove"),
      no: texts.t("desk.remove_keep"),
    });
    if (sure) this._conversation.ask({ t: "representative.remove", who });
  }
}
