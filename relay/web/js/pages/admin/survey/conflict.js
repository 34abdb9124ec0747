/** Two people saved the survey: both are shown, and the person decides which one holds. */

import { h } from "../../../core/dom.js";
import { drawDifference } from "../customer/marked.js";
import { opened } from "../dialog.js";
import { when } from "../when.js";
import { KINDS } from "./question.js";

/** @import { SurveyRow, SurveyState } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { Draft } from "./draft.js" */

/**
 * @param {Texts} texts
 * @param {Draft} draft
 * @param {SurveyState} theirs
 * @returns {Promise<"mine" | "theirs" | "">} empty: later
 */
export function decide(texts, draft, theirs) {
  const dialog = opened(texts, texts.t("admin.customer_conflict"));
  dialog.classList.add("customer-dialog");
  const since = texts.t("admin.survey_conflict_theirs", { name: theirs.by, when: when(texts, theirs.at ?? 0, theirs.now) });
  const mine = draft.wish();
  const marks = drawDifference(texts, written(texts, mine.enabled, mine.questions), written(texts, theirs.enabled, theirs.questions));
  const buttons = [
    h("button", { class: "button", value: "" }, texts.t("admin.customer_conflict_later")),
    h("button", { class: "button", value: "theirs" }, texts.t("admin.customer_conflict_take")),
    h("button", { class: "button primary", value: "mine" }, texts.t("admin.survey_conflict_mine")),
  ];
  dialog.append(h("p", {}, since), marks, h("form", { method: "dialog" }, h("div", { class: "dialog-buttons" }, ...buttons)));
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "mine" || dialog.returnValue === "theirs" ? dialog.returnValue : ""));
  });
}

/**
 * A survey in lines of text, for comparing.
 * @param {Texts} texts
 * @param {boolean} enabled
 * @param {readonly SurveyRow[]} questions
 */
function written(texts, enabled, questions) {
  const lines = questions.flatMap(({ kind, text, choices }, at) => [
    `${at + 1}. ${texts.t(KINDS[kind])}: ${said(text)}`,
    ...choices.map((one) => `   ○ ${said(one)}`),
  ]);
  return [`${texts.t("admin.survey_on")}: ${texts.t(enabled ? "admin.customer_on" : "admin.customer_off")}`, ...lines].join("\n");
}

/** @param {Readonly<Record<string, string>>} text */
function said(text) {
  return Object.entries(text)
    .map(([language, words]) => `${words} (${language})`)
    .join(" / ");
}
