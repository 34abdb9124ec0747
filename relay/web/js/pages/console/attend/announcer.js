/** Words for readers of what happens where one does not look; said one after the other, never loud. */

import { h, setText } from "../../../core/dom.js";

/** What comes within this time is said together. */
const TOGETHER_MS = 700;
const KEPT_MS = 8_000;

export class Announcer {
  constructor() {
    this.element = h("p", { class: "only-read", role: "status" });
    /** @type {string[]} */
    this._waiting = [];
    this._timer = 0;
  }

  /** @param {string} words */
  say(words) {
    if (!this._waiting.includes(words)) this._waiting.push(words);
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => this._speak(), TOGETHER_MS);
  }

  _speak() {
    setText(this.element, this._waiting.join(". "));
    this._waiting = [];
    this._timer = window.setTimeout(() => setText(this.element, ""), KEPT_MS);
  }
}
