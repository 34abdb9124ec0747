/** Canned messages as a list of cards, folder by folder. */

import { h, press, reconcile, setText } from "../../core/dom.js";
import { inLanguage, LANGUAGES, languageName } from "../admin/site/fields.js";
import { found, shownPath, split } from "./search.js";
import { shelfWords } from "./shelves.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { Message } from "./search.js" */

/**
 * What can be done with a message; nothing where the list is only to be read.
 * @typedef {{ edit: (message: Message) => void, remove: (message: Message) => void }} Acts
 */

export class CannedList {
  /**
   * @param {Texts} texts
   * @param {{ title: string, hint: string, none: string, acts: Acts | null }} about
   */
  constructor(texts, { title, hint, none, acts }) {
    this._texts = texts;
    this._none = none;
    this._acts = acts;
    /** @type {ReadonlyMap<string, Message>} */
    this._known = new Map();
    this._list = h("ul", { class: "site-list" });
    this._empty = h("p", { class: "admin-none" });
    const heading = title ? h("h2", {}, title) : null;
    const under = hint ? h("p", { class: "soft" }, hint) : null;
    this.element = h("section", { class: "site-part", "aria-label": title || texts.t("canned.title") }, heading, under, this._list, this._empty);
  }

  /**
   * @param {readonly Message[]} messages
   * @param {string} query
   */
  draw(messages, query) {
    this._known = new Map(messages.map((one) => [one.id, one]));
    const fitting = found(messages, query).map((one) => ({ ...one, key: one.id }));
    reconcile(this._list, fitting, (message, present) => this._card(message, present));
    setText(this._empty, messages.length ? (fitting.length ? "" : this._texts.t("canned.nothing")) : this._none);
  }

  /**
   * @param {Message} message
   * @param {HTMLElement | null} present
   */
  _card(message, present) {
    const element = present ?? h("li", { class: "site-card" }, h("div", { class: "site-about" }), this._buttons(message.id));
    element.children[0]?.replaceChildren(...this._about(message));
    const [edit, remove] = element.querySelectorAll("button");
    const name = shownPath(message.path);
    edit?.setAttribute("aria-label", this._texts.t("canned.edit_name", { name }));
    remove?.setAttribute("aria-label", this._texts.t("canned.delete_name", { name }));
    return element;
  }

  /** @param {Message} message */
  _about(message) {
    const texts = this._texts;
    const { folders, name } = split(message.path);
    const folder = folders.length ? h("span", { class: "canned-folder soft" }, `${shownPath(folders.join("/"))} › `) : null;
    const languages = LANGUAGES.filter((one) => message.texts[one]);
    const only = languages.length === 1 && languages[0] ? texts.t("canned.only", { language: languageName(texts, languages[0]) }) : "";
    const chips = [message.shelf === "own" ? "" : shelfWords(texts, message), only];
    const shown = LANGUAGES.find((one) => message.texts[one] && one === texts.language) ?? languages[0] ?? "";
    return [
      h("div", { class: "role-head" }, h("h3", { dir: "auto" }, folder, name), ...chips.filter(Boolean).map((one) => h("span", { class: "chip", dir: "auto" }, one))),
      h("p", { class: "canned-words", dir: "auto", lang: shown }, inLanguage(texts, message.texts)),
    ];
  }

  /** @param {string} id */
  _buttons(id) {
    const { _acts: acts } = this;
    if (!acts) return null;
    const of = (/** @type {(message: Message) => void} */ act) => () => {
      const message = this._known.get(id);
      if (message) act(message);
    };
    const edit = press(this._texts.t("admin.person_edit"), of(acts.edit));
    const remove = press(this._texts.t("admin.role_delete"), of(acts.remove));
    return h("div", { class: "key-buttons" }, edit, remove);
  }
}
