/** How it was, in the organisation's questions. Everything is optional, and nothing is lost. */

import { h, press, setText } from "../core/dom.js";
import { post, Refusal, sentence, Unreachable } from "../core/http.js";
import { recall, remember } from "../core/memory.js";
import { LIMITS } from "../protocol.js";

/** @import { SurveyOffered, SurveyQuestion } from "../protocol.js" */
/** @import { Texts } from "../core/texts.js" */

const STARS = 5;
const SENT = "sent";
const SKIPPED = "skipped";

export class Survey {
  /**
   * @param {Texts} texts
   * @param {SurveyOffered} offered
   * @param {string} name under which the browser keeps what is not sent
   */
  constructor(texts, offered, name) {
    this._texts = texts;
    this._offered = offered;
    this._name = name;
    this._said = h("p", { class: "error", role: "alert" });
    this._go = h("button", "button primary", texts.t("steps.survey_send"));
    const skip = press(texts.t("steps.survey_skip"), () => this._end(SKIPPED));
    const title = h("h2", {}, offered.title);
    const hint = h("p", "soft", texts.t("steps.survey_optional"));
    const fields = offered.questions.map((question, place) => this._question(question, `q${place}`));
    const buttons = h("div", "dialog-buttons", skip, this._go);
    this.element = h("form", { class: "survey", novalidate: true }, title, hint, ...fields, this._said, buttons);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this._go.disabled) void this._send();
    });
    this.element.addEventListener("input", () => remember(name, JSON.stringify(this._values())));
    this._restore(recall(name));
  }

  /**
   * @param {SurveyQuestion} question
   * @param {string} name
   */
  _question({ kind, text, choices }, name) {
    if (kind === "text") {
      const field = h("textarea", { class: "input", name, rows: "3", maxlength: String(LIMITS.SURVEY_TEXT_CHARS) });
      return h("label", "field", h("strong", {}, text), field);
    }
    const options = [...(kind === "stars" ? Array(STARS) : choices).keys()].map((n) => {
      const value = kind === "stars" ? n + 1 : n;
      const input = h("input", { type: "radio", name, value: String(value) });
      if (kind === "choice") return h("label", "option", input, h("span", {}, choices[n] ?? ""));
      const words = h("span", "only-read", this._texts.count("steps.survey_stars", value));
      return h("label", "star", input, h("span", { "aria-hidden": "true" }, "★"), words);
    });
    const take = this._texts.t("steps.survey_clear");
    const set = h("fieldset", { class: `field ${kind}` }, h("legend", {}, text), ...options);
    set.append(press(take, () => clear(set), "plain"));
    return set;
  }

  /** What was answered, by the field's name. @returns {Record<string, string>} */
  _values() {
    const given = [...new FormData(this.element)].map(([name, value]) => [name, String(value)]);
    return Object.fromEntries(given.filter(([, value]) => value?.trim()));
  }

  /** @param {string} kept */
  _restore(kept) {
    if (kept === SENT || kept === SKIPPED) return this._end(kept);
    for (const [name, value] of Object.entries(JSON.parse(kept || "{}"))) {
      const field = this.element.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
  }

  async _send() {
    const { _texts: texts } = this;
    const values = this._values();
    const answers = this._offered.questions.flatMap(({ id, kind }, place) => {
      const value = values[`q${place}`];
      if (value === undefined) return [];
      return kind === "text" ? { question: id, text: value } : { question: id, number: Number(value) };
    });
    if (!answers.length) return setText(this._said, texts.t("steps.survey_empty"));
    setText(this._said, "");
    setText(this._go, texts.t("steps.survey_sending"));
    this._go.disabled = true;
    try {
      await post("/api/survey", { answers, survey: this._offered.survey });
      this._end(SENT);
    } catch (error) {
      // Answered already, from a tab that was closed before it heard so.
      if (error instanceof Refusal && error.code === "conflict") return this._end(SENT);
      this._go.disabled = false;
      setText(this._go, texts.t("steps.survey_again"));
      const away = error instanceof Unreachable;
      const said = away ? texts.t("steps.survey_failed") : texts.t("steps.survey_refused", { why: sentence(texts, error) });
      setText(this._said, said);
    }
  }

  /** @param {string} how */
  _end(how) {
    remember(this._name, how);
    if (how === SKIPPED) return this.element.replaceChildren();
    const title = h("h2", { tabindex: "-1" }, this._texts.t("steps.survey_sent"));
    this.element.replaceChildren(title, h("p", {}, this._offered.thanks));
    queueMicrotask(() => title.focus());
  }
}

/** @param {HTMLFieldSetElement} set */
function clear(set) {
  for (const input of set.querySelectorAll("input")) input.checked = false;
  set.querySelector("input")?.focus();
  set.dispatchEvent(new Event("input", { bubbles: true }));
}
