/** The survey being written: whether it is asked, its questions, saving it. */

import { confirm } from "../../../chat/confirm.js";
import { explain, h, icon, isEnabled, reconcile, setText } from "../../../core/dom.js";
import { get, post, Refusal } from "../../../core/http.js";
import { LIMITS } from "../../../protocol_more.js";
import { placeIn } from "../customer/words.js";
import { tell } from "../toast.js";
import { when } from "../when.js";
import { why } from "../why.js";
import { decide } from "./conflict.js";
import { surveyPreview } from "./preview.js";
import { QuestionView } from "./question.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Draft } from "./draft.js" */

const PATH = "/api/survey/questions";

export class Editor {
  /**
   * @param {Texts} texts
   * @param {readonly string[]} languages
   * @param {Draft} draft
   */
  constructor(texts, languages, draft) {
    this._texts = texts;
    this._languages = languages;
    this._draft = draft;
    /** @type {Map<string, QuestionView>} */
    this._views = new Map();
    this._on = h("input", { type: "checkbox" });
    this._on.addEventListener("change", () => draft.enable(this._on.checked));
    this._list = h("ol", { class: "survey-questions" });
    this._none = h("p", { class: "admin-none" });
    this._add = h("button", { class: "button", type: "button" }, icon("add"), texts.t("admin.survey_add"));
    this._add.addEventListener("click", () => isEnabled(this._add) && this._new());
    this._said = h("p", { class: "only-read", role: "status" });
    this._chip = h("span", { class: "chip customer-unsaved", role: "status" });
    this._since = h("span", { class: "soft" });
    this._error = h("p", { class: "error", role: "alert" });
    this._save = h("button", { class: "button primary", type: "button" }, texts.t("admin.customer_save"));
    this._save.addEventListener("click", () => isEnabled(this._save) && void this.save());
    this._discard = h("button", { class: "button", type: "button" }, texts.t("admin.customer_discard"));
    this._discard.addEventListener("click", () => void this._giveUp());
    this.element = this._draw();
    draft.store.subscribe(() => this._update());
  }

  _draw() {
    const on = h("label", { class: "switch" }, this._on, h("span", {}, this._texts.t("admin.survey_on")), h("span", { class: "hint" }, this._texts.t("admin.survey_on_hint")));
    const head = h("div", { class: "customer-head" }, on, this._chip);
    const buttons = h("div", { class: "customer-buttons survey-save" }, this._error, this._since, this._discard, this._save);
    const hint = h("p", { class: "soft" }, this._texts.t("admin.survey_fallback"));
    const written = h("div", { class: "survey-written" }, head, hint, this._list, this._none, this._add, this._said, buttons);
    return h("div", { class: "survey-editor" }, written, surveyPreview(this._texts, this._languages, this._draft));
  }

  _new() {
    const id = this._draft.add();
    queueMicrotask(() => queueMicrotask(() => this._views.get(id)?.element.querySelector("input")?.focus()));
  }

  _update() {
    const { _texts: texts, _draft: draft } = this;
    const { questions, enabled, stored } = draft.store.value;
    const count = draft.asked.length;
    this._on.checked = enabled;
    const rows = questions.map((question, at) => ({ key: question.id, question, at }));
    reconcile(this._list, rows, ({ question, at }) => {
      const view = this._views.get(question.id) ?? this._view(question.id);
      view.update(question, questions.slice(0, at).filter(({ deleted }) => !deleted).length + 1, count);
      return view.element;
    });
    setText(this._none, questions.length ? "" : texts.t("admin.survey_empty"));
    explain(this._add, count >= LIMITS.SURVEY_QUESTIONS ? texts.t("admin.survey_full", { most: LIMITS.SURVEY_QUESTIONS }) : "");
    const changed = draft.isChanged;
    setText(this._chip, changed ? texts.t("admin.customer_unsaved") : "");
    explain(this._save, changed ? "" : texts.t("admin.customer_unchanged"));
    this._discard.hidden = !changed;
    const saved = !changed && stored.at !== null && { name: stored.by, when: when(texts, stored.at, stored.now) };
    setText(this._since, saved ? texts.t("admin.survey_saved_by", saved) : "");
    if (!changed) setText(this._error, "");
  }

  /** @param {string} id */
  _view(id) {
    const view = new QuestionView(this._texts, this._languages, this._draft, id, (words) => setText(this._said, words));
    this._views.set(id, view);
    return view;
  }

  async save() {
    const texts = this._texts;
    setText(this._error, "");
    explain(this._save, texts.t("admin.customer_saving"));
    try {
      this._draft.reset(await post(PATH, this._draft.wish()));
      tell(texts.t("admin.customer_saved"));
    } catch (failure) {
      this._update();
      if (failure instanceof Refusal && failure.code === "conflict") await this._conflict();
      else setText(this._error, this.blame(failure) ? texts.t("admin.customer_wrong_check") : why(texts, failure));
    }
  }

  async _giveUp() {
    const { _texts: texts } = this;
    const sure = await confirm({
      title: texts.t("admin.customer_discard_title"),
      text: texts.t("admin.customer_discard_text"),
      yes: texts.t("admin.customer_discard"),
      no: texts.t("admin.customer_keep"),
    });
    if (sure) this._draft.reset(this._draft.store.value.stored);
  }

  async _conflict() {
    try {
      const theirs = await get(PATH);
      const chosen = await decide(this._texts, this._draft, theirs);
      if (chosen === "theirs") this._draft.reset(theirs);
      if (chosen !== "mine") return;
      this._draft.rebase(theirs);
      await this.save();
    } catch (failure) {
      setText(this._error, why(this._texts, failure));
    }
  }

  /** Show what the relay found wrong in a question; false when it is none. @param {unknown} failure */
  blame(failure) {
    if (!(failure instanceof Refusal)) return false;
    const match = /^questions\.(-?\d+)\.(-?\d+)\.(.*)$/.exec(failure.field);
    const question = match && this._draft.asked[Number(match[1])];
    const view = question && this._views.get(question.id);
    if (!match || !view) return false;
    view.blame(this._words(failure.detail, Number(match[2]) >= 0), { choice: Number(match[2]), language: match[3] ?? "" });
    return true;
  }

  /**
   * @param {string} detail
   * @param {boolean} isChoice
   */
  _words(detail, isChoice) {
    const { _texts: texts } = this;
    const place = placeIn(detail);
    if (place) {
      const what = texts.t(`admin.customer_fault_${place.fault}`, { what: place.what, macros: "" });
      return place.fault === "long" ? what : texts.t("admin.customer_place", { line: place.line, column: place.column, what });
    }
    if (detail === "twice") return texts.t("admin.survey_wrong_twice");
    if (detail === "choices") return texts.t("admin.survey_wrong_choices", { most: LIMITS.SURVEY_CHOICES });
    return texts.t(isChoice ? "admin.survey_wrong_choice" : "admin.survey_wrong_text");
  }
}
