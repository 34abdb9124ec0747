/** What stands beside the customer's screen: the conversation, or what is known and noted. */

import { h, setText } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */

/** @typedef {"talk" | "side" | "files"} What */

/** @type {readonly What[]} */
const ORDER = ["talk", "side", "files"];

export class Beside {
  /**
   * @param {Texts} texts
   * @param {string} id of the session
   */
  constructor(texts, id) {
    this._texts = texts;
    this._unread = badge();
    this._waiting = badge();
    this._tabs = {
      talk: this._makeTab("talk", `talk-${id}`, texts.t("console.beside_talk"), ...this._unread),
      side: this._makeTab("side", `side-${id}`, texts.t("console.beside_side")),
      files: this._makeTab("files", `files-${id}`, texts.t("file.title"), ...this._waiting),
    };
    const named = { class: "beside", role: "tablist", "aria-label": texts.t("console.beside") };
    this.element = h("div", named, ...ORDER.map((what) => this._tabs[what]));
    this.element.addEventListener("keydown", (event) => this._onKey(event));
    /** @type {HTMLElement | null} */
    this._session = null;
    this._id = id;
    /** @type {What} */
    this._chosen = "talk";
    this._isShared = false;
  }

  /** Whether a screen is shown: else the conversation has the middle, and needs no tab. @param {boolean} on */
  set isShared(on) {
    if (on === this._isShared) return;
    this._isShared = on;
    this.show(this._chosen);
  }

  /**
   * @param {HTMLElement} session
   * @param {HTMLElement} talk
   * @param {HTMLElement} side
   * @param {HTMLElement} files
   */
  follow(session, talk, side, files) {
    this._session = session;
    talk.id = `talk-${this._id}`;
    side.id = `side-${this._id}`;
    files.id = `files-${this._id}`;
    this.show("talk");
  }

  /** @param {What} what */
  show(what) {
    this._chosen = what;
    const shown = this._shown;
    if (this._session) this._session.dataset.beside = shown;
    this._tabs.talk.hidden = !this._isShared;
    for (const [name, tab] of Object.entries(this._tabs)) {
      tab.setAttribute("aria-selected", String(name === shown));
      tab.tabIndex = name === shown ? 0 : -1;
    }
  }

  get _shown() {
    return this._chosen === "talk" && !this._isShared ? "side" : this._chosen;
  }

  /**
   * How many lines have not been seen, and how many files wait.
   * @param {number} unread
   * @param {number} files
   */
  count(unread, files) {
    fill(this._unread, unread, unread ? this._texts.count("console.unread", unread) : "");
    fill(this._waiting, files, files ? this._texts.count("file.new", files) : "");
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
    const order = ORDER.filter((what) => !this._tabs[what].hidden);
    const step = event.key === "ArrowRight" ? 1 : -1;
    const other = order.at((order.indexOf(this._shown) + step) % order.length) ?? this._shown;
    this.show(other);
    this._tabs[other].focus();
  }
}

/** A number to be seen, and its words to be read. @returns {[HTMLElement, HTMLElement]} */
function badge() {
  return [h("span", { class: "badge", "aria-hidden": "true", hidden: true }), h("span", { class: "only-read" })];
}

/**
 * @param {[HTMLElement, HTMLElement]} badge
 * @param {number} count
 * @param {string} words
 */
function fill([number, read], count, words) {
  number.hidden = count === 0;
  setText(number, String(count));
  setText(read, words);
}
