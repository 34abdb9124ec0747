/** One file as a card: what it is, how far it is, and what can be done. */

import { explain, h, icon, isEnabled, press, reconcile, setText } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { FileAct, FileCard } from "./standing.js" */

/** What leads on stands out. @type {ReadonlySet<FileAct>} */
const FORWARD = new Set(["accept", "choose", "again", "fetch", "link"]);

/**
 * @typedef {object} CardEars
 * @property {(act: FileAct) => void} act
 * @property {() => string} link where the browser can fetch it by itself
 */

export class Card {
  /**
   * @param {Texts} texts
   * @param {CardEars} ears
   */
  constructor(texts, ears) {
    this._texts = texts;
    this._ears = ears;
    this._look = "";
    this._name = h("span", { class: "file-name", dir: "auto" });
    this._size = h("span", "file-size");
    this._reason = h("p", { class: "file-reason", dir: "auto" });
    this._words = h("p", { class: "file-words", "aria-live": "off" });
    this._bar = h("progress", { class: "file-bar", max: "100" });
    this._under = h("p", { class: "file-under", "aria-live": "off" });
    this._acts = h("div", "file-acts");
    this._sum = h("code", {});
    this._more = h("details", "file-sum", h("summary", {}, "SHA-256"), this._sum);
    const head = h("div", "file-head", this._name, this._size);
    const parts = [head, this._words, this._reason, this._bar, this._under, this._acts, this._more];
    const body = h("div", "file-body", ...parts);
    this.element = h("div", { class: "file-card", role: "group", tabindex: "-1" }, icon("file"), body);
  }

  /**
   * `why` says why an act cannot be done, or is empty.
   * @param {FileCard} card
   * @param {(act: FileAct) => string} why
   */
  render(card, why) {
    const look = JSON.stringify([card, card.acts.map(why)]);
    if (look === this._look) return;
    this._look = look;
    const { _texts: texts } = this;
    this.element.setAttribute("aria-label", texts.t("file.named", { file: card.name }));
    this.element.dataset.tone = card.tone;
    setText(this._name, card.name);
    this._name.title = card.name;
    setText(this._size, card.size);
    setText(this._reason, card.reason);
    this._reason.hidden = !card.reason;
    setText(this._words, card.words);
    this._bar.hidden = card.done === null;
    this._bar.value = card.done ?? 0;
    this._bar.setAttribute("aria-label", texts.t("file.progress", { file: card.name }));
    setText(this._under, card.under);
    this._under.hidden = !card.under;
    setText(this._sum, card.sum);
    this._more.hidden = !card.sum;
    this._renderActs(card, why);
  }

  /**
   * @param {FileCard} card
   * @param {(act: FileAct) => string} why
   */
  _renderActs({ acts, name }, why) {
    const held = this._acts.contains(document.activeElement);
    const rows = acts.map((act) => ({ key: act }));
    reconcile(this._acts, rows, ({ key }, present) => {
      const button = present ?? this._make(key);
      button.setAttribute("aria-label", this._texts.t(`file.${key}_name`, { file: name }));
      if (button instanceof HTMLButtonElement) explain(button, why(key));
      if (button instanceof HTMLAnchorElement) button.href = this._ears.link();
      return button;
    });
    this._acts.hidden = !acts.length;
    // What was pressed may be gone; the keyboard stays at the file.
    if (held && !this._acts.contains(document.activeElement)) this.element.focus();
  }

  /** @param {FileAct} act @returns {HTMLElement} */
  _make(act) {
    const words = this._texts.t(`file.${act}`);
    const look = FORWARD.has(act) ? "primary" : "";
    if (act === "link") return h("a", { class: `button ${look}`, href: "", download: true }, words);
    const button = press(words, () => isEnabled(button) && this._ears.act(act), look);
    return button;
  }
}
