/** What is known about the customer of a session. */

import { customerName, nameOf } from "../../chat/lines.js";
import { drawBlocks } from "../../core/blocks.js";
import { h, reconcile, setText } from "../../core/dom.js";
import { clock } from "../../core/time.js";
import { customer, helpers } from "../../core/view.js";
import { beside, controlWords, monitorWords, seeWords } from "./checks.js";
import { doorName, languageName, listed, ownQueueName } from "./words.js";

/** @import { NoticeTold, QuestionAnswered, SessionOpened } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/** @typedef {[term: string, text: string]} Known */

export class Card {
  /** @param {Texts} texts */
  constructor(texts) {
    this._texts = texts;
    /** @type {SessionOpened | null} The log keeps only its newest facts; this one is its first. */
    this._opened = null;
    this._facts = h("dl", {});
    this._words = h("p", { class: "info-words", dir: "auto" });
    this._more = h("details", { hidden: true }, h("summary", {}, texts.t("queue.words")), this._words);
    this._notices = h("div", { class: "info-notices" });
    const named = { class: "info", tabindex: "0", "aria-label": texts.t("console.info") };
    const title = h("h3", {}, texts.t("console.info"));
    this.element = h("section", named, title, this._facts, this._more, this._notices);
  }

  /** @param {View} view */
  render(view) {
    const opened = view.snapshot?.log.find((fact) => fact.t === "session.opened");
    if (opened?.t === "session.opened") this._opened = opened;
    const rows = [...this._about(view), ...this._computer(view), ...this._happened(view)];
    this._facts.replaceChildren(...rows.flatMap(([term, text]) => [h("dt", {}, term), h("dd", { dir: "auto" }, text)]));
    const words = this._opened?.words ?? "";
    this._more.hidden = !words;
    setText(this._words, words);
    const notices = (view.snapshot?.notices ?? []).map((notice) => ({ key: `${notice.notice} ${notice.seq}`, notice }));
    reconcile(this._notices, notices, ({ notice }, present) => present ?? this._notice(view, notice));
  }

  /**
   * Who they are.
   * @param {View} view
   * @returns {Known[]}
   */
  _about(view) {
    const texts = this._texts;
    const person = customer(view);
    const opened = this._opened;
    /** @type {Known[]} */
    const known = [[texts.t("console.info_name"), customerName(view, texts)]];
    if (view.words.length) known.push([texts.t("desk.card_words"), view.words.join(" ")]);
    if (opened?.issue) known.push([texts.t("desk.card_issue"), opened.issue]);
    if (person) known.push([texts.t("console.info_door"), doorName(texts, { ...person, system: "" })]);
    if (person?.system) known.push([texts.t("desk.card_system"), person.system]);
    if (opened) known.push([texts.t("desk.card_language"), languageName(texts, opened.language)]);
    if (opened) known.push([texts.t("console.info_since"), clock(texts, opened.at)]);
    return known;
  }

  /**
   * What the customer's program told of the computer; a browser tells nothing.
   * @param {View} view
   * @returns {Known[]}
   */
  _computer(view) {
    const texts = this._texts;
    const checks = view.snapshot?.checks;
    if (!checks || customer(view)?.door !== "client") return [];
    const others = beside(texts, checks);
    const language = this._foreign(checks.language);
    /** @type {readonly (readonly [string, string])[]} */
    const rows = [
      ["desk.card_version", checks.version],
      ["desk.card_computer_language", language],
      ["desk.card_monitors", monitorWords(checks)],
      ["desk.card_see", seeWords(texts, checks)],
      ["desk.card_control", controlWords(texts, checks)],
      ["desk.card_noticed", others],
    ];
    return rows.filter(([, text]) => text).map(([term, text]) => [texts.t(term), text]);
  }

  /**
   * The computer's language, where it is not the one that is spoken.
   * @param {string} language as the computer calls it
   */
  _foreign(language) {
    if (!language || language.split("-")[0] === this._opened?.language) return "";
    try {
      return languageName(this._texts, language);
    } catch {
      return language; // it may be anything
    }
  }

  /**
   * What came of it.
   * @param {View} view
   * @returns {Known[]}
   */
  _happened(view) {
    const texts = this._texts;
    const { snapshot } = view;
    if (!snapshot) return [];
    const names = helpers(view).map(({ id }) => nameOf(view, texts, id));
    const { queue } = snapshot;
    const queued = queue.kind === "personal" ? queue.name : ownQueueName(texts, queue);
    return [
      [texts.t("console.info_queue"), queued],
      ...(names.length > 1 ? [/** @type {Known} */ ([texts.t("desk.card_helpers"), listed(texts, names)])] : []),
      ...snapshot.answers.map((answer) => this._answer(answer)),
    ];
  }

  /**
   * @param {QuestionAnswered} answer
   * @returns {Known}
   */
  _answer({ step, reply, at }) {
    const texts = this._texts;
    const term = texts.t(step === "agreement" ? "desk.card_agreement" : "desk.card_recording");
    const said = texts.t(REPLIES[`${step} ${reply}`]);
    return [term, `${said} · ${clock(texts, at)}`];
  }

  /**
   * @param {View} view
   * @param {NoticeTold} told
   */
  _notice(view, { text, by, at }) {
    const texts = this._texts;
    const name = by && nameOf(view, texts, by);
    const foot = name ? `${name} · ${clock(texts, at)}` : clock(texts, at);
    const title = h("summary", {}, texts.t("desk.card_notice"), " ", h("span", { class: "soft" }, foot));
    return h("details", {}, title, drawBlocks(texts, text));
  }
}

/** @type {Readonly<Record<`${"agreement" | "recording"} ${"yes" | "no" | "none"}`, string>>} */
const REPLIES = {
  "agreement yes": "desk.agreement_yes",
  "agreement no": "desk.agreement_no",
  "agreement none": "desk.agreement_none",
  "recording yes": "desk.recording_yes",
  "recording no": "desk.recording_no",
  "recording none": "desk.recording_none",
};
