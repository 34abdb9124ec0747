/** A short word about what has just happened, read aloud too. */

import { h, setText } from "../../core/dom.js";

const SHOWN_MS = 6000;

export class Toast {
  constructor() {
    this.element = h("p", { class: "toast", role: "status" });
    this._timer = 0;
  }

  /** @param {string} words */
  tell(words) {
    window.clearTimeout(this._timer);
    setText(this.element, words);
    this._timer = window.setTimeout(() => setText(this.element, ""), SHOWN_MS);
  }
}
