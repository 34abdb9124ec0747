/** Single keys outside of text fields, listed in a dialog and to be switched off there. */

import { h } from "../../core/dom.js";
import { recall, remember } from "../../core/memory.js";
import { dialogOf, dialogTitle } from "./dialog.js";

/** @import { Texts } from "../../core/texts.js" */

/**
 * `keys` as shown: one key, or a range such as 1–9; `may` says whether one's role allows it.
 * @typedef {object} Shortcut
 * @property {string} keys
 * @property {string} words
 * @property {(key: string) => void} run
 * @property {() => boolean} [may]
 */

const SETTING = "shortcuts";

export class Shortcuts {
  /**
   * @param {Texts} texts
   * @param {readonly Shortcut[]} shortcuts
   */
  constructor(texts, shortcuts) {
    this._texts = texts;
    this._shortcuts = shortcuts;
    this._switch = h("input", { type: "checkbox" });
    this._switch.checked = recall(SETTING, "localStorage") !== "off";
    this._switch.addEventListener("change", () => {
      remember(SETTING, this._switch.checked ? "on" : "off", "localStorage");
    });
    this._list = h("dl", { class: "shortcuts" });
    const label = h("label", { class: "switch" }, this._switch, texts.t("console.shortcuts_on"));
    const title = dialogTitle("keys-title", texts.t("console.shortcuts"));
    this.element = dialogOf(texts, title, this._list, label);
    document.addEventListener("keydown", (event) => this._onKey(event));
  }

  open() {
    if (this.element.open) return;
    const escape = { keys: "Esc", words: this._texts.t("console.shortcut_leave") };
    const rows = [...this._shortcuts.filter(({ may }) => may?.() ?? true), escape];
    this._list.replaceChildren(
      ...rows.flatMap(({ keys, words }) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, words)]),
    );
    this.element.showModal();
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
    if (!shortcut || !this._switch.checked || shortcut.may?.() === false) return;
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
