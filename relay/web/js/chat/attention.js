/** Calls back a person who looks at something else: by the tab's title, and by notifications. */

import { participant, unread } from "../core/view.js";
import { news } from "./news.js";

/** @import { Store } from "../core/store.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */
/** @import { News } from "./news.js" */

/** How long each of the two titles stands while nobody looks. */
const TITLE_MS = 2000;

export class Attention {
  /**
   * @param {Texts} texts
   * @param {Store<View>} store
   * @param {string} organisation the title when there is nothing to say
   * @param {number | null} known the last fact known about; null until there is a snapshot, whose
   *   history is no news
   */
  constructor(texts, store, organisation, known) {
    this._texts = texts;
    this._store = store;
    this._organisation = organisation;
    this._known = known;
    this._notification = /** @type {Notification | null} */ (null);
    this._flashing = 0;
    /** What the title says to somebody who is called. */
    this._words = "";
    this._still = window.matchMedia("(prefers-reduced-motion: reduce)");
    document.addEventListener("visibilitychange", () => this._looked());
    store.subscribe((view) => this._changed(view));
  }

  /** @param {View} view */
  _changed(view) {
    const seq = view.snapshot?.seq;
    if (seq !== undefined && this._known !== null && isHidden()) {
      const told = news(view, this._texts, this._known);
      if (told) this._notify(told, view.snapshot?.session ?? "");
    }
    this._known = seq ?? this._known;
    this._title();
  }

  /** Call somebody who looks elsewhere by the title. @param {string} words */
  call(words) {
    this._words = isHidden() ? words : "";
    this._title();
  }

  _looked() {
    if (!isHidden()) {
      this._notification?.close();
      this._words = "";
    }
    this._title();
  }

  /**
   * The newest takes the place of the one before, which is closed: a silent exchange under the
   * same tag would not be seen.
   * @param {News} told
   * @param {string} tag
   */
  _notify({ title, body }, tag) {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    this._notification?.close();
    try {
      const shown = new Notification(title, { body, tag, silent: true, icon: "/static/icons/favicon.svg" });
      shown.addEventListener("click", () => {
        window.focus();
        shown.close();
      });
      this._notification = shown;
    } catch {
      // Some phones have the name but let no page show any; the title still tells.
    }
  }

  _title() {
    const count = unread(this._store.value);
    const flashes = (count > 0 || this._words !== "") && this._name !== "" && isHidden() && !this._still.matches;
    this._usualTitle(count);
    if (flashes === (this._flashing !== 0)) return;
    clearInterval(this._flashing);
    this._flashing = flashes ? setInterval(() => this._flash(), TITLE_MS) : 0;
  }

  _flash() {
    const { value } = this._store;
    if (document.title === this._name) this._usualTitle(unread(value));
    else document.title = this._name;
  }

  /** What the title says besides the usual. */
  get _name() {
    return this._words || (participant(this._store.value, "representative")?.name ?? "");
  }

  /** @param {number} count */
  _usualTitle(count) {
    document.title = count ? `(${count}) ${this._organisation}` : this._organisation;
  }
}

function isHidden() {
  return document.visibilityState === "hidden";
}
