/** What is asked before the queue, one question at a time: the agreement, and whether to record. */

import { drawBlocks } from "../core/blocks.js";
import { explain, h, isEnabled, press, setText } from "../core/dom.js";
import { span } from "../core/time.js";

/** @import { QuestionAsked } from "../protocol.js" */
/** @import { Conversation } from "../core/conversation.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** When the time left is also said to readers, in seconds. */
const SAID_S = [60, 30, 10];

export class Questions {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   */
  constructor(texts, conversation) {
    this._texts = texts;
    this._conversation = conversation;
    this._asked = /** @type {QuestionAsked | null} */ (null);
    this._timer = 0;
    this._title = h("h2", { class: "question-title", id: "question", tabindex: "-1" });
    this._text = h("div", { class: "question-text", tabindex: "0", role: "group", "aria-labelledby": "question" });
    this._left = h("p", { class: "question-left", "aria-hidden": "true" });
    this._none = h("p", "soft");
    this._said = h("p", { class: "only-read", role: "status" });
    this._moment = h("p", { class: "soft question-moment", role: "status" });
    this._no = press("", () => this._answer(this._no, false));
    this._yes = press("", () => this._answer(this._yes, true), "primary");
    const left = h("div", "question-time", this._left, this._none);
    const foot = h("div", "question-foot", left, this._no, this._yes);
    this._body = h("div", "question-body", this._title, this._text, foot);
    this.element = h("section", "question", this._body, this._moment, this._said);
  }

  /** @param {View} view */
  render({ snapshot, pending, link }) {
    const preparing = snapshot?.state === "preparing";
    this.element.hidden = !preparing;
    const asked = (preparing && snapshot.question) || null;
    if (asked?.seq !== this._asked?.seq) this._ask(asked);
    const answered = pending.some(({ request }) => request.t === "step.answer");
    const lost = answered && link.name === "lost";
    const wait = !asked || answered ? this._texts.t(lost ? "steps.answer_kept" : "steps.one_moment") : "";
    this._body.hidden = !asked;
    setText(this._moment, wait);
    for (const button of [this._no, this._yes]) explain(button, wait);
  }

  /** @param {QuestionAsked | null} asked */
  _ask(asked) {
    this._asked = asked;
    clearInterval(this._timer);
    if (!asked) return;
    const { _texts: texts } = this;
    const agreement = asked.step === "agreement";
    setText(this._title, asked.title);
    this._text.replaceChildren(drawBlocks(texts, asked.text));
    setText(this._none, texts.t(`steps.${asked.step}_none`));
    setText(this._no, texts.t(agreement ? "steps.decline" : "steps.deny"));
    setText(this._yes, texts.t(agreement ? "steps.accept" : "steps.allow"));
    this._tick();
    this._timer = setInterval(() => this._tick(), 1000);
    // Not to a button: Return, pressed for something else, must accept nothing.
    queueMicrotask(() => {
      this._text.scrollTop = 0;
      this._title.focus();
    });
  }

  _tick() {
    const { _asked: asked, _texts: texts } = this;
    if (!asked) return;
    const now = Date.now() + this._conversation.store.value.ahead;
    const ms = asked.at + asked.limitS * 1000 - now;
    const n = Math.ceil(ms / 1000);
    setText(this._left, ms > 0 ? texts.t("steps.time_left", { time: span(ms) }) : texts.t("steps.time_up"));
    const said = n === 60 ? texts.count("steps.minutes_left", 1) : texts.count("steps.seconds_left", n);
    if (SAID_S.includes(n)) setText(this._said, said);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {boolean} yes
   */
  _answer(button, yes) {
    if (this._asked && isEnabled(button)) {
      this._conversation.ask({ t: "step.answer", step: this._asked.step, yes });
    }
  }
}
