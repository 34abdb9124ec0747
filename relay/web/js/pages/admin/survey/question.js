/** One question being written: its kind, its words in each language, its choices, its place. */

import { explain, h, icon, isEnabled, reconcile, setText } from "../../../core/dom.js";
import { LIMITS } from "../../../protocol_more.js";
import { languageName } from "../trial.js";
import { LEAST_CHOICES } from "./draft.js";

/** @import { QuestionKind } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { Draft, Question, Worded } from "./draft.js" */

/** @type {Readonly<Record<QuestionKind, string>>} */
export const KINDS = { stars: "admin.survey_stars", choice: "admin.survey_choice", text: "admin.survey_free" };

export class QuestionView {
  /**
   * @param {Texts} texts
   * @param {readonly string[]} languages
   * @param {Draft} draft
   * @param {string} id
   * @param {(words: string) => void} say
   */
  constructor(texts, languages, draft, id, say) {
    this._texts = texts;
    this._languages = languages;
    this._draft = draft;
    this._id = id;
    this._say = say;
    this._title = h("h3", { id: `question-${id}` });
    this._up = this._button("up", "admin.survey_up", () => this._move(-1, this._up));
    this._down = this._button("down", "admin.survey_down", () => this._move(1, this._down));
    const remove = this._button("close", "admin.survey_delete", () => this._delete(true));
    this._kind = h("select", { class: "input", "aria-label": texts.t("admin.survey_kind") });
    for (const [kind, key] of Object.entries(KINDS)) this._kind.append(h("option", { value: kind }, texts.t(key)));
    this._kind.addEventListener("change", () => draft.change(id, { kind: /** @type {QuestionKind} */ (this._kind.value) }));
    this._words = this._fields("admin.survey_question_in", LIMITS.SURVEY_QUESTION_CHARS, (language, words) => {
      const text = draft.find(id)?.text ?? {};
      draft.change(id, { text: { ...text, [language]: words } });
    });
    this._choices = h("ol", { class: "survey-choices" });
    this._add = h("button", { class: "button plain", type: "button" }, icon("add", "small"), texts.t("admin.survey_choice_add"));
    this._add.addEventListener("click", () => isEnabled(this._add) && this._addChoice());
    this._offered = h("div", { class: "survey-offered" }, h("h4", {}, texts.t("admin.survey_choices")), this._choices, this._add);
    this._error = h("p", { class: "error" });
    const head = h("div", { class: "survey-head" }, this._title, this._kind, this._up, this._down, remove);
    this._body = h("div", { class: "survey-body" }, head, this._words, this._error, this._offered);
    this._undo = h("button", { class: "button", type: "button" }, texts.t("admin.survey_undo"));
    this._undo.addEventListener("click", () => this._delete(false));
    this._gone = h("div", { class: "survey-gone" }, h("span", { class: "soft" }, texts.t("admin.survey_deleted")), this._undo);
    this.element = h("li", { class: "survey-question", "aria-labelledby": `question-${id}` }, this._body, this._gone);
    this._body.addEventListener("keydown", (event) => this._keys(event));
  }

  /** @param {KeyboardEvent} event */
  _keys(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey) return;
    event.preventDefault();
    const focused = document.activeElement;
    this._move(step < 0 ? -1 : 1, focused instanceof HTMLElement ? focused : this._up);
  }

  /**
   * @param {string} picture
   * @param {string} key
   * @param {() => void} run
   */
  _button(picture, key, run) {
    const button = h("button", { class: "button plain square", type: "button" }, icon(picture));
    button.dataset.key = key;
    button.addEventListener("click", () => isEnabled(button) && run());
    return button;
  }

  /**
   * A field for each language.
   * @param {string} key
   * @param {number} most
   * @param {(language: string, words: string) => void} changed
   */
  _fields(key, most, changed) {
    const fields = this._languages.map((language) => {
      const label = this._texts.t(key, { language: languageName(language) });
      const input = h("input", { class: "input", lang: language, dir: "auto", maxlength: String(most), autocomplete: "off", "aria-label": label, placeholder: label });
      input.dataset.language = language;
      input.addEventListener("input", () => {
        this.blame("", null);
        changed(language, input.value);
      });
      return h("label", {}, h("span", { class: "survey-code", "aria-hidden": "true" }, language.toUpperCase()), input);
    });
    return h("div", { class: "survey-words" }, ...fields);
  }

  _addChoice() {
    const choices = this._draft.find(this._id)?.choices ?? [];
    this._draft.change(this._id, { choices: [...choices, {}] });
    queueMicrotask(() => queueMicrotask(() => this._choices.lastElementChild?.querySelector("input")?.focus()));
  }

  /**
   * @param {-1 | 1} step
   * @param {HTMLElement} focused keeps the focus, though its element moves
   */
  _move(step, focused) {
    this._draft.move(this._id, step);
    const asked = this._draft.asked;
    const place = asked.findIndex(({ id }) => id === this._id) + 1;
    this._say(this._texts.t("admin.survey_moved", { place, count: asked.length }));
    queueMicrotask(() => queueMicrotask(() => focused.focus()));
  }

  /** @param {boolean} deleted */
  _delete(deleted) {
    this._draft.change(this._id, { deleted });
    queueMicrotask(() => queueMicrotask(() => (deleted ? this._undo : this._kind).focus()));
  }

  /**
   * @param {Question} question
   * @param {number} place from 1; of a deleted one, the place it would have
   * @param {number} count
   */
  update(question, place, count) {
    this._body.hidden = question.deleted;
    this._gone.hidden = !question.deleted;
    const name = this._texts.t("admin.survey_question", { place });
    setText(this._title, name);
    for (const button of this._body.querySelectorAll("button[data-key]")) {
      const words = this._texts.t(/** @type {HTMLElement} */ (button).dataset.key ?? "", { place });
      button.setAttribute("aria-label", words);
      button.setAttribute("title", words);
    }
    explain(this._up, place === 1 ? this._texts.t("admin.survey_is_first") : "");
    explain(this._down, place === count ? this._texts.t("admin.survey_is_last") : "");
    this._kind.value = question.kind;
    fill(this._words, question.text);
    this._offered.hidden = question.kind !== "choice";
    const rows = question.choices.map((choice, at) => ({ key: String(at), choice }));
    reconcile(this._choices, rows, (row, present) => this._choice(Number(row.key), row.choice, present));
    const full = question.choices.length >= LIMITS.SURVEY_CHOICES;
    explain(this._add, full ? this._texts.t("admin.survey_choices_full", { most: LIMITS.SURVEY_CHOICES }) : "");
  }

  /**
   * @param {number} at
   * @param {Worded} choice
   * @param {HTMLElement | null} present
   */
  _choice(at, choice, present) {
    const element = present ?? this._newChoice(at);
    fill(element, choice);
    const remove = element.querySelector("button");
    const few = (this._draft.find(this._id)?.choices.length ?? 0) <= LEAST_CHOICES;
    if (remove) explain(remove, few ? this._texts.t("admin.survey_choices_few") : "");
    return element;
  }

  /** @param {number} at */
  _newChoice(at) {
    const choices = () => this._draft.find(this._id)?.choices ?? [];
    const fields = this._fields("admin.survey_choice_in", LIMITS.TITLE_CHARS, (language, words) => {
      this._draft.change(this._id, { choices: choices().map((one, place) => (place === at ? { ...one, [language]: words } : one)) });
    });
    const words = this._texts.t("admin.survey_choice_delete", { place: at + 1 });
    const remove = h("button", { class: "button plain square", type: "button", title: words, "aria-label": words }, icon("close", "small"));
    remove.addEventListener("click", () => {
      if (!isEnabled(remove)) return;
      this._draft.change(this._id, { choices: choices().filter((_, place) => place !== at) });
      this._add.focus();
    });
    return h("li", {}, fields, remove);
  }

  /**
   * Say what is wrong, and go there.
   * @param {string} words empty: nothing is
   * @param {{ choice: number, language: string } | null} where
   */
  blame(words, where) {
    setText(this._error, words);
    for (const input of this._body.querySelectorAll("input")) input.removeAttribute("aria-invalid");
    if (!where) return;
    const area = where.choice < 0 ? this._words : this._choices.children[where.choice];
    const input = area?.querySelector(where.language ? `[data-language="${CSS.escape(where.language)}"]` : "input");
    if (!(input instanceof HTMLInputElement)) return;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
}

/**
 * @param {HTMLElement} element
 * @param {Worded} words
 */
function fill(element, words) {
  for (const input of element.querySelectorAll("input")) {
    const wanted = words[input.dataset.language ?? ""] ?? "";
    if (input.value !== wanted) input.value = wanted;
  }
}
