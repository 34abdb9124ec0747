/** What is said over the picture: why there is none, how old it is, what became of a click. */

import { customerName } from "../../../chat/lines.js";
import { h, icon, setText } from "../../../core/dom.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */
/** @import { ScreenView } from "../../../screen/viewer.js" */
/** @import { Standing } from "./standing.js" */

/** How long a refused click is told, in ms. */
const REFUSED_MS = 4000;

export class Over {
  /** @param {Texts} texts */
  constructor(texts) {
    this._texts = texts;
    this._middle = h("p", { class: "screen-middle", role: "status" });
    this._age = h("p", { class: "screen-age", hidden: true }, icon("pending", "small"), h("span", {}));
    this._words = h("p", { class: "screen-words", role: "status" });
    this.element = h("div", { class: "screen-over" }, this._middle, this._words, this._age);
    /** @type {ScreenView["refused"]} */
    this._refused = null;
    this._toldUntil = 0;
    this._timer = 0;
  }

  /**
   * @param {View} view
   * @param {Standing} standing
   * @param {ScreenView} screen
   */
  render(view, standing, screen) {
    const name = customerName(view, this._texts);
    setText(this._middle, this._noPicture(view, standing, screen, name));
    this._age.hidden = screen.age === 0;
    if (this._age.lastChild) setText(this._age.lastChild, this._texts.count("screen.age", screen.age));
    this._hear(screen);
    setText(this._words, this._remark(standing, screen, name));
    this._again(() => this.render(view, standing, screen), screen);
  }

  /**
   * @param {View} view
   * @param {Standing} standing
   * @param {ScreenView} screen
   * @param {string} name
   */
  _noPicture(view, { state }, { drawn }, name) {
    const why = view.snapshot?.sharing.why;
    if (state === "paused") return this._texts.t(`screen.paused_${why ?? "customer"}`, { name });
    return drawn ? "" : this._texts.t("screen.waiting");
  }

  /** @param {ScreenView} screen */
  _hear({ refused }) {
    if (refused === this._refused) return;
    this._refused = refused;
    this._toldUntil = refused ? performance.now() + REFUSED_MS : 0;
  }

  /**
   * The most important thing.
   * @param {Standing} standing
   * @param {ScreenView} screen
   * @param {string} name
   */
  _remark({ controls }, { seeing, acting, restsUntil }, name) {
    const texts = this._texts;
    const now = performance.now();
    if (this._refused && now < this._toldUntil && this._refused.why !== "resting") {
      return texts.t(`screen.refused_${this._refused.why}`);
    }
    if (seeing) return texts.t(`screen.seeing_${seeing}`, { name });
    if (!controls) return "";
    if (now < restsUntil) return texts.t("screen.resting", { name });
    return acting ? texts.t(`screen.acting_${acting}`, { name }) : "";
  }

  /**
   * Some of it passes by itself, when nothing else may happen.
   * @param {() => void} render
   * @param {ScreenView} screen
   */
  _again(render, { restsUntil }) {
    clearTimeout(this._timer);
    const now = performance.now();
    const next = [this._toldUntil, restsUntil].filter((time) => time > now);
    if (next.length) this._timer = setTimeout(render, Math.min(...next) - now);
  }
}
