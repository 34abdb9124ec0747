/** Single keys outside of text fields, listed in a dialog and to be switched off there. */

import { h } from "../../core/dom.js";
import { recall, remember } from "../../core/memory.js";
import { dialogOf, dialogTitle } from "./dialog.js";

/** @import { Texts } from "../../core/texts.js" */

/**
 * `keys` as shown: one key, or a range such as 1–9; `part` is where it stands in the list, `may` says
 * whether one's role allows it.
 * @typedef {object} Shortcut
 * @property {keyof typeof PARTS} part
 * @property {string} keys
 * @property {string} words
 * @property {(key: string) => void} run
 * @property {() => boolean} [may]
 */

const SETTING = "shortcuts";

/** More characters than this have a line of their own. */
const LONG = 5;

/** The parts of the list, in their order. */
const PARTS = /** @type {const} */ ({
  all: "console.shortcuts_all",
  talk: "console.shortcuts_talk",
  screen: "console.shortcuts_screen",
});

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
    this._list = h("div", { class: "shortcut-parts" });
    const note = h("p", { class: "hint" }, texts.t("console.shortcuts_note"));
    const label = h("label", { class: "switch" }, this._switch, texts.t("console.shortcuts_on"));
    const title = dialogTitle("keys-title", texts.t("console.shortcuts"));
    this.element = dialogOf(texts, title, this._list, note, label);
    this.element.classList.add("shortcut-sheet");
    document.addEventListener("keydown", (event) => this._onKey(event));
  }

  open() {
    if (this.element.open) return;
    const may = this._shortcuts.filter(({ may }) => may?.() ?? true);
    const shown = [...may, ...this._others()];
    const parts = Object.entries(PARTS).map(([part, title]) => this._part(title, shown.filter((one) => one.part === part)));
    this._list.replaceChildren(...parts);
    this.element.showModal();
  }

  /** Keys that belong to what has the focus, and are named here only. @returns {Pick<Shortcut, "part" | "keys" | "words">[]} */
  _others() {
    const { _texts: texts } = this;
    return [
      { part: "all", keys: "← →", words: texts.t("console.shortcuts_tabs") },
      { part: "all", keys: "Esc", words: texts.t("console.shortcut_leave") },
    ];
  }

  /**
   * @param {string} title
   * @param {readonly Pick<Shortcut, "keys" | "words">[]} rows
   */
  _part(title, rows) {
    const list = rows.flatMap(({ keys, words }) => [h("dt", keys.length > LONG ? "is-long" : {}, h("kbd", {}, keys)), h("dd", {}, words)]);
    return h("section", {}, h("h3", {}, this._texts.t(title)), h("dl", { class: "shortcuts" }, ...list));
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
