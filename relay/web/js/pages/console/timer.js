/** How long a talk has lasted since it was taken from the queue. */

import { h, icon, setText } from "../../core/dom.js";
import { clock, lasted } from "../../core/time.js";

/** @import { Texts } from "../../core/texts.js" */

const TICK_MS = 1000;

export class Timer {
  /**
   * @param {Texts} texts
   * @param {() => number} now by the relay's clock
   */
  constructor(texts, now) {
    this._texts = texts;
    this._now = now;
    this._since = 0;
    this._until = 0;
    this._time = h("span", { class: "timer-time" });
    const label = h("span", { class: "only-read" }, texts.t("console.timer"));
    // A clock that ticks is looked at; nobody wants it read out.
    this.element = h("span", { class: "state timer", role: "timer", "aria-live": "off", hidden: true }, icon("pending", "small"), label, this._time);
    this._ticking = setInterval(() => this._render(), TICK_MS);
  }

  /**
   * @param {number} since ms since 1970, 0: not taken yet
   * @param {number} until when it ended, 0: it goes on
   */
  show(since, until) {
    this._since = since;
    this._until = until;
    this.element.hidden = since === 0;
    this.element.title = since ? this._texts.t("console.timer_since", { time: clock(this._texts, since) }) : "";
    this._render();
  }

  stop() {
    clearInterval(this._ticking);
  }

  _render() {
    if (this._since) setText(this._time, lasted((this._until || this._now()) - this._since));
  }
}
