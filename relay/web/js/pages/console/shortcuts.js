/** Single keys outside of text fields, listed in a dialog and to be switched off there. */

import { h, icon } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */

/** @typedef {{ keys: string, words: string, run: (key: string) => void }} Shortcut */

const SETTING = "shortcuts";

export class Shortcuts {
  /**
   * @param {Texts} texts
   * @param {readonly Shortcut[]} shortcuts `keys` as shown: one key, or a range such as 1–9
   */
  constructor(texts, shortcuts) {
    this._texts = texts;
    this._shortcuts = shortcuts;
    this._switch = h("input", { type: "checkbox" });
    this._switch.checked = localStorage.getItem(SETTING) !== "off";
    this._switch.addEventListener("change", () => {
      localStorage.setItem(SETTING, this._switch.checked ? "on" : "off");
    });
    this.element = this._make();
    document.addEventListener("keydown", (event) => this._onKey(event));
  }

  open() {
    if (!this.element.open) this.element.showModal();
  }

  _make() {
    const texts = this._texts;
    const words = texts.t("console.close_dialog");
    const close = h("button", { class: "button plain square", type: "button", title: words }, icon("close"));
    close.setAttribute("aria-label", words);
    close.addEventListener("click", () => this.element.close());
    const title = h("h2", { class: "dialog-title", id: "keys-title" }, texts.t("console.shortcuts"));
    const head = h("div", { class: "dialog-head" }, title, close);
    const rows = this._shortcuts.flatMap(({ keys, words: what }) => [
      h("dt", {}, h("kbd", {}, keys)),
      h("dd", {}, what),
    ]);
    const escape = [h("dt", {}, h("kbd", {}, "Esc")), h("dd", {}, texts.t("console.shortcut_leave"))];
    const list = h("dl", { class: "shortcuts" }, ...rows, ...escape);
    const label = h("label", { class: "switch" }, this._switch, texts.t("console.shortcuts_on"));
    return h("dialog", { class: "dialog", "aria-labelledby": "keys-title" }, head, list, label);
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const { target } = event;
    if (target instanceof HTMLElement && target.matches("textarea, input, select")) {
      if (event.key === "Escape") target.blur();
      return;
    }
    const shortcut = this._shortcuts.find(({ keys }) => covers(keys, event.key));
    if (!shortcut || !this._switch.checked) return;
    event.preventDefault();
    shortcut.run(event.key);
  }
}

/**
 * @param {string} keys
 * @param {string} pressed
 */
function covers(keys, pressed) {
  const [first, last] = keys.toLowerCase().split("–");
  if (last === undefined) return pressed.toLowerCase() === first;
  return pressed.length === 1 && pressed >= String(first) && pressed <= last;
}
