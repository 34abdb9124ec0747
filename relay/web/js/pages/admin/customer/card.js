/** One card: its switches, its texts in both languages, and saving all of it at once. */

import { confirm } from "../../../chat/confirm.js";
import { explain, h, isEnabled, setText } from "../../../core/dom.js";
import { get, post, Refusal } from "../../../core/http.js";
import { languageName } from "../trial.js";
import { tell } from "../toast.js";
import { why } from "../why.js";
import { textsOf } from "./cards.js";
import { decide } from "./conflict.js";
import { controlField } from "./controls.js";
import { preview } from "./preview.js";
import { Tabs } from "../tabs.js";
import { TextField } from "./text_field.js";
import { placeIn } from "./words.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Card } from "./cards.js" */
/** @import { Field } from "./controls.js" */
/** @import { Drafts, Scope } from "./drafts.js" */

export class CardView {
  /**
   * @param {Texts} texts
   * @param {readonly Texts[]} catalogues one of each language
   * @param {Drafts} drafts
   * @param {Card} card
   */
  constructor(texts, catalogues, drafts, card) {
    this._texts = texts;
    this._drafts = drafts;
    this._name = texts.t(card.name);
    /** @type {Map<string, Field>} */
    this._controls = new Map(card.controls.map((one) => [one.rule, controlField(texts, drafts, one)]));
    /** @type {TextField[]} */
    this._fields = [];
    /** @type {{ update: () => void }[]} */
    this._previews = [];
    /** @type {Scope} */
    this._scope = {
      texts: catalogues.flatMap(({ language }) => textsOf(card).map((name) => `${name}.${language}`)),
      rules: card.controls.map(({ rule }) => rule),
    };
    this._tabs = card.parts.length ? this._languages(catalogues, card) : null;
    this._chip = h("span", { class: "chip customer-unsaved", role: "status" });
    this._error = h("p", { class: "error", role: "alert" });
    this._save = button(texts.t("admin.customer_save"), texts.t("admin.customer_save_name", { name: this._name }), "button primary");
    this._save.addEventListener("click", () => isEnabled(this._save) && void this.save());
    this._discard = button(texts.t("admin.customer_discard"), texts.t("admin.customer_discard_name", { name: this._name }), "button");
    this._discard.addEventListener("click", () => void this._giveUp());
    this.element = this._draw(card);
    drafts.store.subscribe(() => this._update());
  }

  /** @param {Card} card */
  _draw({ id, about, link, foot }) {
    const texts = this._texts;
    const title = h("h2", { id: `card-${id}` }, this._name);
    const head = h("div", { class: "customer-head" }, title, this._chip);
    const controls = h("div", { class: "customer-controls" }, ...[...this._controls.values()].map(({ element }) => element));
    const has = link && document.querySelector(`.admin-link[href="${link[0]}"]`);
    const more = has && h("p", {}, h("a", { href: link[0] }, texts.t(link[1])));
    const buttons = h("div", { class: "customer-buttons" }, this._error, this._discard, this._save);
    const parts = [
      head,
      h("p", { class: "soft" }, texts.t(about)),
      this._controls.size ? controls : null,
      foot ? h("p", { class: "soft" }, texts.t(foot)) : null,
      this._tabs ? this._tabs.element : null,
      more || null,
      buttons,
    ];
    return h("section", { class: "customer-card", "aria-labelledby": `card-${id}` }, ...parts);
  }

  /**
   * @param {readonly Texts[]} catalogues
   * @param {Card} card
   */
  _languages(catalogues, { id, parts }) {
    const panels = catalogues.map((words) => {
      const { language } = words;
      const rows = parts.map((part) => {
        const names = part.title ? [part.title, part.text] : [part.text];
        const fields = names.map((name) => new TextField(this._texts, this._drafts, name, language, this._name));
        const shown = preview(this._texts, words, this._drafts, part);
        this._fields.push(...fields);
        this._previews.push(shown);
        return h("div", { class: "customer-part" }, h("div", { class: "customer-fields" }, ...fields.map(({ element }) => element)), shown.element);
      });
      return { id: language, name: languageName(language), content: rows };
    });
    return new Tabs(this._texts.t("admin.customer_languages"), `language-${id}`, panels);
  }

  _update() {
    for (const one of [...this._controls.values(), ...this._fields, ...this._previews]) one.update();
    const changed = this._drafts.isChanged(this._scope);
    setText(this._chip, changed ? this._texts.t("admin.customer_unsaved") : "");
    this.element.classList.toggle("is-changed", changed);
    explain(this._save, changed ? "" : this._texts.t("admin.customer_unchanged"));
    this._discard.hidden = !changed;
    const drafted = this._drafts.store.value.texts;
    this._tabs?.mark(this._fields.filter(({ key }) => key in drafted).map(({ language }) => language), this._texts.t("admin.customer_unsaved"));
    if (!changed) setText(this._error, "");
  }

  async _giveUp() {
    const { _texts: texts } = this;
    const sure = await confirm({
      title: texts.t("admin.customer_discard_title"),
      text: texts.t("admin.customer_discard_text"),
      yes: texts.t("admin.customer_discard"),
      no: texts.t("admin.customer_keep"),
    });
    if (!sure) return;
    this._drafts.settle(this._drafts.store.value.state, this._scope);
    this._save.focus();
  }

  /** Go to the first thing that is wrong here; false when all is fine. */
  showFault() {
    for (const field of this._controls.values()) {
      const words = field.fault();
      if (!words) continue;
      field.blame(words);
      return true;
    }
    const wrong = this._fields.find((field) => field.fault());
    if (!wrong) return false;
    this._tabs?.show(wrong.language);
    wrong.blame(null);
    return true;
  }

  async save() {
    setText(this._error, "");
    if (this.showFault()) return setText(this._error, this._texts.t("admin.customer_wrong_check"));
    explain(this._save, this._texts.t("admin.customer_saving"));
    try {
      const state = await post("/api/texts", this._drafts.wish(this._scope));
      this._drafts.settle(state, this._scope);
      tell(this._texts.t("admin.customer_saved"));
    } catch (failure) {
      this._update();
      await this._refused(failure);
    }
  }

  /** @param {unknown} failure */
  async _refused(failure) {
    if (failure instanceof Refusal && failure.code === "conflict") return this._conflict();
    setText(this._error, this.blame(failure) ? this._texts.t("admin.customer_wrong_check") : why(this._texts, failure));
  }

  /** Show what the relay found wrong in a field of this card; false when it is none. @param {unknown} failure */
  blame(failure) {
    if (!(failure instanceof Refusal) || !failure.field) return false;
    const field = this._fields.find(({ key }) => key === failure.field);
    const place = placeIn(failure.detail);
    if (field && place) {
      this._tabs?.show(field.language);
      field.blame(place);
      return true;
    }
    const control = this._controls.get(failure.field);
    control?.blame(ruleWords(this._texts, failure.detail));
    return control !== undefined;
  }

  async _conflict() {
    try {
      const state = await get("/api/texts");
      const torn = this._drafts.torn(state, this._scope);
      const decided = await decide(this._texts, this._drafts, state, torn);
      if (!decided) return;
      this._drafts.decide(state, decided.texts, decided.rules);
      await this.save();
    } catch (failure) {
      setText(this._error, why(this._texts, failure));
    }
  }
}

/**
 * @param {Texts} texts
 * @param {string} detail
 */
function ruleWords(texts, detail) {
  const [reason = "", least = "", most = ""] = detail.split(":");
  return texts.t(`admin.customer_wrong_${reason}`, { least, most: most || "500" });
}

/**
 * @param {string} words
 * @param {string} name
 * @param {string} look
 */
function button(words, name, look) {
  return h("button", { class: look, type: "button", "aria-label": name }, words);
}
