/** Canned messages where one writes: `/` opens a list, Enter inserts, and nothing is sent. */

import { h, icon, setText } from "../../../core/dom.js";
import { asked, found, shownPath, split } from "../../canned/search.js";
import { shelfWords, textFor } from "../../canned/shelves.js";
import { ready } from "./fill.js";

/** @import { Entry } from "../../../chat/entry.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { Message } from "../../canned/search.js" */
/** @import { Values } from "./fill.js" */
/** @import { CannedShelf } from "./store.js" */

/** More are not drawn; whoever types on finds them. */
const MOST = 40;

/** What a message is filled with, and the language of the one who reads it. */
/** @typedef {{ values: Values, language: string }} Reader */

export class CannedPicker {
  /**
   * @param {Texts} texts
   * @param {string} id of the session, for names within the page
   * @param {Entry} entry
   * @param {CannedShelf} shelf
   * @param {() => Reader} reader
   */
  constructor(texts, id, entry, shelf, reader) {
    this._texts = texts;
    this._entry = entry;
    this._shelf = shelf;
    this._reader = reader;
    this._id = id;
    /** @type {readonly Message[]} */
    this._shown = [];
    this._at = 0;
    /** The slash that somebody has dismissed, or -1. */
    this._dismissed = -1;
    /** @type {{ start: number, query: string } | null} */
    this._asked = null;
    this._list = h("ul", { class: "canned-list", role: "listbox", id: `canned-${id}`, "aria-label": texts.t("canned.list") });
    this._note = h("p", { class: "canned-note" });
    this._said = h("span", { class: "only-read", role: "status" });
    this._box = h("div", { class: "canned", hidden: true }, this._list, this._note, this._foot());
    // The cursor stays where it is; a click on the link is one all the same.
    this._box.addEventListener("mousedown", (event) => event.preventDefault());
    this._button = this._makeButton();
    this._prepare();
    this._forget = shelf.store.subscribe(() => this._update());
  }

  /** The tab is closed. */
  stop() {
    this._forget();
  }

  _prepare() {
    const { element, input } = this._entry;
    input.placeholder = this._texts.t("canned.hint");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-haspopup", "listbox");
    input.setAttribute("aria-controls", this._list.id);
    input.addEventListener("input", () => this._update());
    input.addEventListener("click", () => this._update());
    input.addEventListener("keyup", (event) => event.key.startsWith("Arrow") && !this.isOpen && this._update());
    input.addEventListener("blur", () => this._close());
    // Before the entry, which would send.
    input.addEventListener("keydown", (event) => this._onKey(event), { capture: true });
    element.classList.add("has-canned");
    element.prepend(this._button, this._box, this._said);
  }

  _foot() {
    const { _texts: texts } = this;
    const title = texts.t("canned.manage_title");
    const link = h("a", { href: "/canned", target: "_blank", rel: "noopener", title, "aria-label": title }, texts.t("canned.manage"));
    return h("p", { class: "canned-foot" }, h("span", { "aria-hidden": "true" }, texts.t("canned.keys")), link);
  }

  _makeButton() {
    const name = this._texts.t("canned.insert");
    const named = { class: "button plain", type: "button", title: name, "aria-label": name, "aria-expanded": "false" };
    const button = h("button", { ...named, "aria-controls": this._list.id, onclick: () => this.open() }, icon("canned"));
    button.addEventListener("mousedown", (event) => event.preventDefault());
    return button;
  }

  get isOpen() {
    return !this._box.hidden;
  }

  /** Open the list as a slash does, or close it again. */
  open() {
    const { input } = this._entry;
    input.focus();
    if (this.isOpen) return this._dismiss();
    this._dismissed = -1;
    const here = asked(input.value, input.selectionStart);
    if (here) return this._update();
    const before = input.value.slice(0, input.selectionStart);
    this._write(/(^|\s)$/.test(before) ? "/" : " /", input.selectionStart, input.selectionEnd);
  }

  /** Look at what stands before the cursor. */
  _update() {
    const { input } = this._entry;
    const isHere = document.activeElement === input && input.selectionStart === input.selectionEnd;
    this._asked = isHere ? asked(input.value, input.selectionStart) : null;
    if (this._asked?.start !== this._dismissed) this._dismissed = -1;
    if (!this._asked || this._dismissed >= 0) return this._close();
    if (!this.isOpen) void this._shelf.look();
    const { messages, trouble } = this._shelf.store.value;
    const fitting = found(messages ?? [], this._asked.query);
    const same = fitting.length === this._shown.length && fitting.every((one, at) => one === this._shown[at]);
    this._shown = fitting;
    // Words that happen to stand after a slash are no search.
    if (messages?.length && !fitting.length && this._asked.query.includes(" ")) return this._close();
    this._box.hidden = false;
    this._button.setAttribute("aria-expanded", "true");
    if (!same) this._at = 0;
    this._draw(messages, trouble);
  }

  /**
   * @param {readonly Message[] | null} messages
   * @param {string} trouble
   */
  _draw(messages, trouble) {
    const texts = this._texts;
    const drawn = this._shown.slice(0, MOST);
    const reader = this._reader();
    this._list.replaceChildren(...drawn.map((message, at) => this._option(message, at, reader)));
    this._list.hidden = drawn.length === 0;
    const more = this._shown.length - drawn.length;
    const said = drawn.length ? texts.count("canned.found", this._shown.length) : this._empty(messages, trouble);
    const note = drawn.length ? trouble || (more ? texts.t("canned.more", { n: more }) : "") : said;
    setText(this._note, note);
    setText(this._said, said);
    this._mark();
  }

  /**
   * @param {readonly Message[] | null} messages
   * @param {string} trouble
   */
  _empty(messages, trouble) {
    if (trouble) return trouble;
    if (!messages) return this._texts.t("canned.loading");
    return this._texts.t(messages.length ? "canned.nothing" : "canned.none");
  }

  /**
   * @param {Message} message
   * @param {number} at
   * @param {Reader} reader
   */
  _option(message, at, { values, language }) {
    const { folders, name } = split(message.path);
    const chosen = textFor(message, language, this._texts.language);
    const path = folders.length ? h("span", { class: "soft" }, `${shownPath(folders.join("/"))} › `) : null;
    const title = h("span", { class: "canned-name", dir: "auto" }, path, name);
    const shelf = h("span", { class: "chip" }, shelfWords(this._texts, message));
    const words = h("span", { class: "canned-words soft", lang: chosen.language, dir: "auto" }, ready(chosen.text, values).text);
    const named = { role: "option", id: `canned-${this._id}-${at}`, "aria-selected": "false" };
    const option = h("li", named, title, shelf, words);
    option.addEventListener("click", () => this._insert(message));
    option.addEventListener("pointermove", () => this._move(at));
    return option;
  }

  /** @param {number} at */
  _move(at) {
    if (at === this._at) return;
    this._at = at;
    this._mark();
  }

  _mark() {
    const options = [...this._list.children];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this._at)));
    const { input } = this._entry;
    const chosen = options[this._at];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const count = this._list.children.length;
    const message = this._shown[this._at];
    if (event.key === "Escape") this._dismiss();
    else if (event.key === "ArrowDown" && count) this._move((this._at + 1) % count);
    else if (event.key === "ArrowUp" && count) this._move((this._at + count - 1) % count);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && message) this._insert(message);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {Message} message */
  _insert(message) {
    const { input } = this._entry;
    if (!this._asked) return;
    const { values, language } = this._reader();
    const { text, gap } = ready(textFor(message, language, this._texts.language).text, values);
    const { start, query } = this._asked;
    this._write(text, start, start + query.length + 1);
    if (gap >= 0) input.setSelectionRange(start + gap, start + gap);
    this._close();
    setText(this._said, this._texts.t("canned.inserted"));
  }

  /**
   * @param {string} text
   * @param {number} start
   * @param {number} end
   */
  _write(text, start, end) {
    const { input } = this._entry;
    input.setRangeText(text, start, end, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  _dismiss() {
    this._dismissed = this._asked?.start ?? -1;
    this._close();
  }

  _close() {
    if (!this.isOpen) return;
    this._box.hidden = true;
    this._button.setAttribute("aria-expanded", "false");
    this._entry.input.removeAttribute("aria-activedescendant");
    setText(this._said, "");
  }
}
