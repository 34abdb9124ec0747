/** Offers, once a session and while one waits, to tell by a notification when it is one's turn. */

import { h, press } from "../core/dom.js";
import { recall, remember } from "../core/memory.js";

/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

const KEPT = "notify asked";

/** @typedef {"unasked" | "asking" | "told" | "over"} OfferState `told`: the answer is explained */

export class Offer {
  /**
   * @param {Texts} texts
   * @param {() => void} leave takes the focus that would be lost with the offer
   */
  constructor(texts, leave) {
    this._texts = texts;
    this._leave = leave;
    /** @type {OfferState} */
    this._state = "unasked";
    this._words = h("p", {});
    this._buttons = h("div", "offer-buttons");
    const how = h("p", "soft", texts.t("chat.popups_text"));
    const popups = h("details", "offer-how", h("summary", {}, texts.t("chat.popups")), how);
    this.element = h("section", { class: "offer", hidden: true }, this._words, this._buttons, popups);
    this.element.setAttribute("aria-label", texts.t("notify.label"));
  }

  /** @param {View} view */
  render({ snapshot }) {
    if (!snapshot || snapshot.state === "preparing") return;
    if (this._state === "unasked" && snapshot.state === "waiting") this._open(snapshot.session);
    if (snapshot.state !== "waiting") this._state = "over";
    this.element.hidden = this._state === "unasked" || this._state === "over";
  }

  /** @param {string} session */
  _open(session) {
    const asked = recall(KEPT) === session;
    const useful = "Notification" in window && Notification.permission !== "granted";
    this._state = useful && !asked ? "asking" : "over";
    if (this._state === "over") return;
    const answered = () => remember(KEPT, session);
    const { _texts: texts } = this;
    const yes = press(texts.t("notify.yes"), () => (answered(), void this._ask()));
    const no = press(texts.t("notify.no"), () => (answered(), this._end()), "plain");
    this._show("notify.why", yes, no);
  }

  /** In the click's own call stack, as browsers demand. */
  async _ask() {
    const wasBlocked = Notification.permission === "denied";
    const answer = await Notification.requestPermission();
    if (this._state !== "asking") return;
    if (answer === "granted") this._tell("notify.promised");
    else if (wasBlocked) this._tell("notify.blocked");
    else this._end();
  }

  /** @param {string} key */
  _tell(key) {
    this._state = "told";
    const close = press(this._texts.t("notify.close"), () => this._end(), "plain");
    this._show(key, close);
    close.focus();
  }

  _end() {
    this._state = "over";
    if (this.element.contains(document.activeElement)) this._leave();
    this.element.hidden = true;
  }

  /**
   * @param {string} key
   * @param {...HTMLElement} buttons
   */
  _show(key, ...buttons) {
    this._words.replaceChildren(this._texts.t(key));
    this._buttons.replaceChildren(...buttons);
  }
}
