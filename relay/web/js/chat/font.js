/** The size of the conversation's letters: by buttons or keys, remembered by the browser. */

import { explain, h, isEnabled, setText } from "../core/dom.js";
import { recall, remember } from "../core/memory.js";

/** @import { Texts } from "../core/texts.js" */

const LEAST = 80;
const MOST = 200;
const USUAL = 100;
const STEP = 10;
const KEPT = "chat font";

/** Keys that, with Ctrl, do here what they do to a whole page elsewhere. */
const KEYS = new Map([["+", STEP], ["=", STEP], ["-", -STEP], ["0", 0]]);

export class FontSize {
  /**
   * @param {Texts} texts
   * @param {HTMLElement} page whose text follows, and within which the keys work
   * @param {() => void} fit called when the text has another size
   */
  constructor(texts, page, fit) {
    this._texts = texts;
    this._page = page;
    this._fit = fit;
    this._smaller = this._button("A−", texts.t("font.smaller"), -STEP);
    this._usual = this._button("", "", 0);
    this._larger = this._button("A+", texts.t("font.larger"), STEP);
    this._told = h("span", { class: "only-read", role: "status" });
    const named = { class: "font-size", role: "group", "aria-label": texts.t("font.label") };
    this.element = h("div", named, this._smaller, this._usual, this._larger, this._told);
    page.addEventListener("keydown", (event) => this._onKey(event));
    this._percent = fitting(Number(recall(KEPT, "localStorage")));
    this._apply();
  }

  /**
   * @param {string} sign
   * @param {string} words
   * @param {number} by 0: back to the usual size
   */
  _button(sign, words, by) {
    const button = h("button", { class: "button plain", type: "button", title: words }, sign);
    if (words) button.setAttribute("aria-label", words);
    button.addEventListener("click", () => isEnabled(button) && this._change(by));
    return button;
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    const by = KEYS.get(event.key);
    if (by === undefined || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    this._change(by);
  }

  /** @param {number} by */
  _change(by) {
    this._percent = fitting(by ? this._percent + by : USUAL);
    remember(KEPT, String(this._percent), "localStorage");
    this._apply();
    setText(this._told, this._texts.t("font.said", { n: this._percent }));
  }

  _apply() {
    const texts = this._texts;
    const n = this._percent;
    this._page.style.setProperty("--chat-scale", String(n / 100));
    setText(this._usual, texts.t("font.percent", { n }));
    this._usual.setAttribute("aria-label", texts.t(n === USUAL ? "font.said" : "font.now", { n }));
    explain(this._smaller, n > LEAST ? "" : texts.t("font.smallest"));
    explain(this._usual, n === USUAL ? texts.t("font.is_usual") : "");
    explain(this._larger, n < MOST ? "" : texts.t("font.largest"));
    this._fit();
  }
}

/** The nearest size there is; the usual one for what is no size. @param {number} percent */
function fitting(percent) {
  if (!(percent > 0)) return USUAL;
  return Math.min(MOST, Math.max(LEAST, Math.round(percent / STEP) * STEP));
}
