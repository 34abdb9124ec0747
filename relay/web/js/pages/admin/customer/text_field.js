/** One text in one language: its field, what may be inserted, how long it is, its versions. */

import { h, icon, setText } from "../../../core/dom.js";
import { when } from "../when.js";
import { keyOf } from "./drafts.js";
import { openVersions } from "./versions.js";
import { faultOf, length, range } from "./words.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Drafts } from "./drafts.js" */
/** @import { FaultName, Place } from "./words.js" */

/** Faults whose sentence needs no place: the whole text is meant. @type {readonly FaultName[]} */
const WHOLE = ["empty", "long"];

/** Of a whole text; a title has one line. @type {readonly string[]} */
export const TITLES = ["portal_title", "agreement_title", "recording_title", "survey_title"];

export class TextField {
  /**
   * @param {Texts} texts
   * @param {Drafts} drafts
   * @param {string} name
   * @param {string} language
   * @param {string} card what its card is called
   */
  constructor(texts, drafts, name, language, card) {
    this._texts = texts;
    this._drafts = drafts;
    this.key = keyOf({ name, language });
    this.language = language;
    this._isTitle = TITLES.includes(name);
    const label = texts.t(`admin.customer_words_${name}`);
    const whole = `${card}, ${label}`;
    const id = `text-${name}-${language}`;
    this._area = h("textarea", { class: this._isTitle ? "input customer-title" : "input customer-text", id, rows: this._isTitle ? "1" : "4", lang: language, dir: "auto" });
    this._area.setAttribute("aria-describedby", `${id}-error ${id}-state`);
    this._area.addEventListener("input", () => drafts.setText(this.key, this._area.value));
    this._area.addEventListener("keydown", (event) => {
      if (this._isTitle && event.key === "Enter") event.preventDefault();
    });
    this._error = h("p", { class: "error", id: `${id}-error` });
    this._state = h("span", { class: "soft", id: `${id}-state` });
    this._count = h("span", { class: "soft customer-count" });
    this._versions = act("history", texts.t("admin.customer_versions"), texts.t("admin.customer_versions_name", { name: whole }));
    this._versions.addEventListener("click", () => openVersions(texts, drafts, this.key, whole));
    this._default = act("", texts.t("admin.customer_default"), texts.t("admin.customer_default_name", { name: whole }));
    this._default.addEventListener("click", () => this._toDefault());
    const foot = h("div", { class: "customer-foot" }, this._state, this._count, this._versions, this._default);
    this.element = h("div", { class: "field" }, h("label", { for: id }, label), this._area, this._error, this._macros(), foot);
  }

  /** The buttons that insert a macro where the cursor is. */
  _macros() {
    const { macros } = this._drafts.stored(this.key);
    const values = this._drafts.store.value.state.examples[this.language] ?? {};
    const buttons = macros.map((name) => {
      const macro = `%${name}%`;
      const what = this._texts.t(`admin.customer_macro_${name.toLowerCase()}`);
      const title = this._texts.t("admin.customer_macro_title", { macro, what, example: values[name] ?? "" });
      const button = h("button", { class: "customer-macro", type: "button", title, "aria-label": title }, macro);
      button.addEventListener("click", () => this._insert(macro));
      return button;
    });
    return h("div", { class: "customer-macros", role: "group", "aria-label": this._texts.t("admin.customer_insert") }, ...buttons);
  }

  /** @param {string} words */
  _insert(words) {
    this._area.focus();
    this._area.setRangeText(words, this._area.selectionStart, this._area.selectionEnd, "end");
    this._drafts.setText(this.key, this._area.value);
  }

  _toDefault() {
    this._drafts.setText(this.key, null);
    this._area.value = this._drafts.text(this.key);
    this._area.focus();
  }

  update() {
    const { _texts: texts, _drafts: drafts } = this;
    const stored = drafts.stored(this.key);
    const text = drafts.text(this.key);
    const own = drafts.own(this.key);
    // The default's own words, typed by hand, are the default: the field keeps its blanks.
    if (this._area.value !== text && (own !== null || document.activeElement !== this._area)) this._area.value = text;
    setText(this._state, this._words());
    const n = length(text);
    setText(this._count, texts.t("admin.customer_chars", { n, most: stored.most }));
    this._default.hidden = own === null;
    const place = this._place();
    this._say(place && (place.fault !== "empty" || document.activeElement !== this._area) ? this._sentence(place) : "");
  }

  /** Whose words these are. */
  _words() {
    const { state } = this._drafts.store.value;
    const { by, at, text } = this._drafts.stored(this.key);
    const own = this._drafts.own(this.key);
    const whose = this._texts.t(own === null ? "admin.customer_is_default" : "admin.customer_is_own");
    if (at === null || own !== text) return whose;
    const since = { name: by, when: when(this._texts, at, state.now) };
    return `${whose}, ${this._texts.t("admin.customer_by", since)}`;
  }

  /** What is wrong with the text, empty when nothing is. */
  fault() {
    const place = this._place();
    return place ? this._sentence(place) : "";
  }

  /**
   * Say what is wrong, and go there.
   * @param {Place | null} place null: what the page itself has found
   */
  blame(place) {
    const found = place ?? this._place();
    if (!found) return;
    this._say(this._sentence(found));
    this._area.focus();
    this._area.setSelectionRange(...range(this._area.value, found));
  }

  _place() {
    const { most, macros } = this._drafts.stored(this.key);
    return faultOf(this._drafts.text(this.key), { most, macros, lines: !this._isTitle });
  }

  /** @param {Place} place */
  _sentence({ fault, line, column, what }) {
    const named = fault.startsWith("macro") ? `%${what}%` : what;
    const macros = this._drafts.stored(this.key).macros.map((name) => `%${name}%`).join(" ");
    const words = this._texts.t(`admin.customer_fault_${fault}`, { what: named, macros });
    return WHOLE.includes(fault) ? words : this._texts.t("admin.customer_place", { line, column, what: words });
  }

  /** @param {string} words */
  _say(words) {
    setText(this._error, words);
    this._area.setAttribute("aria-invalid", String(words !== ""));
  }
}

/**
 * @param {string} picture
 * @param {string} words
 * @param {string} name
 */
function act(picture, words, name) {
  const button = h("button", { class: "button plain customer-act", type: "button", "aria-label": name }, picture ? icon(picture, "small") : null, words);
  return button;
}
