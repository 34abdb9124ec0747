/** The queue as who waits in it sees it: the greeting, the place, the wait, a word now and then. */

import { drawBlocks } from "../core/blocks.js";
import { h, setText } from "../core/dom.js";
import { waitWords } from "../core/time.js";

/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

export class Waiting {
  /** @param {Texts} texts */
  constructor(texts) {
    this._texts = texts;
    this._greeting = h("div", "greeting");
    this._place = h("p", "waiting-place");
    this._wait = h("p", "waiting-wait");
    this._onDuty = h("p", "soft");
    this._hold = h("div", { class: "hold", role: "status" });
    const standing = h("div", { class: "waiting-standing", role: "status" }, this._place, this._wait, this._onDuty);
    const title = h("h2", "waiting-title", texts.t("waiting.title"));
    const write = h("p", "soft", texts.t("waiting.write"));
    this.element = h("section", "waiting", title, this._greeting, standing, this._hold, write);
  }

  /** @param {View} view */
  render({ snapshot, place, hold }) {
    this.element.hidden = snapshot?.state !== "waiting";
    this._words(this._greeting, place?.greeting ?? "");
    this._words(this._hold, hold);
    if (!place) return;
    const texts = this._texts;
    const ahead = place.position - 1;
    setText(this._place, ahead ? texts.count("waiting.ahead", ahead) : texts.t("waiting.next"));
    setText(this._wait, waitWords(texts, place));
    const { onDuty } = place;
    setText(this._onDuty, onDuty ? texts.count("waiting.on_duty", onDuty) : texts.t("page.nobody_yet"));
  }

  /**
   * The organisation's own words, drawn again only when they are others.
   * @param {HTMLElement} element
   * @param {string} words
   */
  _words(element, words) {
    element.hidden = !words;
    if (element.dataset.words === words) return;
    element.dataset.words = words;
    element.replaceChildren(drawBlocks(this._texts, words));
  }
}
