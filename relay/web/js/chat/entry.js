/** Where a person writes: grows with the text, Enter sends, Shift+Enter breaks the line. */

import { h, icon, explain, setText } from "../core/dom.js";
import { LIMITS } from "../protocol.js";

/** @import { Texts } from "../core/texts.js" */

/** Renewed a little before the mark would be taken down at the other end. */
const TYPING_AGAIN_MS = LIMITS.TYPING_S * 600;

/**
 * @typedef {object} Ears
 * @property {(text: string) => void} send
 * @property {(on: boolean) => boolean} [typing] returns whether the others were told
 */

export class Entry {
  /**
   * @param {Texts} texts
   * @param {string} label what to write here
   * @param {Ears} ears
   */
  constructor(texts, label, ears) {
    this._texts = texts;
    this._ears = ears;
    this._typingSince = 0;
    this._barred = "";
    this.input = h("textarea", {
      class: "input",
      rows: "1",
      "aria-label": label,
      placeholder: label,
      oninput: () => this._changed(),
      onblur: () => this._typing(false),
    });
    this.input.addEventListener("keydown", (event) => this._onKey(event));
    const name = texts.t("chat.send");
    this._button = h("button", { class: "button primary", title: name, "aria-label": name }, icon("send"));
    this._note = h("p", { class: "entry-note", role: "status" });
    this.element = h("form", "entry", this.input, this._button, this._note);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this._send();
    });
    this._changed();
  }

  /** Bar sending, saying why; empty lets it. What is written stays. @param {string} why */
  bar(why) {
    this._barred = why;
    this._judge();
  }

  /** Put `text` back for another try. @param {string} text */
  take(text) {
    this.input.value = this.input.value ? `${text}\n${this.input.value}` : text;
    this._changed();
    this.input.focus();
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this._send();
  }

  _send() {
    const text = this.input.value.trim();
    if (!text || this._barred || tooMany(text) > 0) return;
    this.input.value = "";
    this._typing(false);
    this._ears.send(text);
    this._changed();
    this.input.focus();
  }

  _changed() {
    this.grow();
    this._judge();
    const writing = this.input.value.trim() !== "";
    if (writing && this._isMarkOld()) this._typing(true);
    if (!writing) this._typing(false);
  }

  /** Fit the height to the text; also when the entry has just come into sight. */
  grow() {
    const { style } = this.input;
    style.height = "auto";
    if (this.input.scrollHeight > 0) style.height = `${this.input.scrollHeight + 2}px`;
  }

  _judge() {
    const over = tooMany(this.input.value.trim());
    const told = over > 0 ? this._texts.t("chat.too_long", { n: over }) : "";
    setText(this._note, told);
    this.input.setAttribute("aria-invalid", String(over > 0));
    explain(this._button, told || this._barred);
  }

  _isMarkOld() {
    return this._typingSince === 0 || performance.now() - this._typingSince > TYPING_AGAIN_MS;
  }

  /** @param {boolean} on */
  _typing(on) {
    if (!on && this._typingSince === 0) return;
    const told = this._ears.typing?.(on) ?? false;
    this._typingSince = on && told ? performance.now() : 0;
  }
}

/**
 * How many characters (as the relay counts: code points) are over the limit.
 * @param {string} text
 */
function tooMany(text) {
  return text.length <= LIMITS.CHAT_CHARS ? 0 : [...text].length - LIMITS.CHAT_CHARS;
}
