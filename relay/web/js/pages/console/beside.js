/** What stands beside the customer's screen: the conversation, or what is known and noted. */

import { h, setText } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */

/** @typedef {"talk" | "side"} What */

export class Beside {
  /**
   * @param {Texts} texts
   * @param {string} id of the session
   */
  constructor(texts, id) {
    this._texts = texts;
    this._badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
    this._read = h("span", { class: "only-read" });
    this._tabs = {
      talk: this._makeTab("talk", `talk-${id}`, texts.t("console.beside_talk"), this._badge, this._read),
      side: this._makeTab("side", `side-${id}`, texts.t("console.beside_side")),
    };
    const named = { class: "beside", role: "tablist", "aria-label": texts.t("console.beside") };
    this.element = h("div", named, this._tabs.talk, this._tabs.side);
    this.element.addEventListener("keydown", (event) => this._onKey(event));
    /** @type {HTMLElement | null} */
    this._session = null;
    this._id = id;
  }

  /**
   * @param {HTMLElement} session
   * @param {HTMLElement} talk
   * @param {HTMLElement} side
   */
  follow(session, talk, side) {
    this._session = session;
    talk.id = `talk-${this._id}`;
    side.id = `side-${this._id}`;
    this.show("talk");
  }

  /** @param {What} what */
  show(what) {
    if (this._session) this._session.dataset.beside = what;
    for (const [name, tab] of Object.entries(this._tabs)) {
      tab.setAttribute("aria-selected", String(name === what));
      tab.tabIndex = name === what ? 0 : -1;
    }
  }

  /** How many lines have not been seen. @param {number} unread */
  count(unread) {
    this._badge.hidden = unread === 0;
    setText(this._badge, String(unread));
    setText(this._read, unread ? this._texts.count("console.unread", unread) : "");
  }

  /**
   * @param {What} what
   * @param {string} panel
   * @param {...(string | Node)} words
   */
  _makeTab(what, panel, ...words) {
    const named = { class: "tab", type: "button", role: "tab", "aria-controls": panel };
    return h("button", { ...named, onclick: () => this.show(what) }, ...words);
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    event.preventDefault();
    const other = this._tabs.talk.tabIndex === 0 ? "side" : "talk";
    this.show(other);
    this._tabs[other].focus();
  }
}
