/** The survey as customers of one language meet it. Nothing here can be answered. */

import { h } from "../../../core/dom.js";
import { languageName } from "../trial.js";
import { inLanguage } from "./draft.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Draft, Question } from "./draft.js" */

const STARS = "☆☆☆☆☆";

/**
 * @param {Texts} texts
 * @param {readonly string[]} languages
 * @param {Draft} draft
 */
export function surveyPreview(texts, languages, draft) {
  const select = h("select", { class: "input survey-language", "aria-label": texts.t("admin.customer_languages") });
  for (const one of languages) select.append(h("option", { value: one }, languageName(one)));
  const shown = h("div", { class: "survey-shown" });
  const draw = () => {
    const language = select.value;
    const order = [language, ...languages.filter((one) => one !== language)];
    shown.lang = language;
    const questions = draft.asked.map((question) => drawn(question, order));
    shown.replaceChildren(...(questions.length ? questions : [h("p", { class: "soft" }, texts.t("admin.survey_none"))]));
  };
  select.addEventListener("change", draw);
  draft.store.subscribe(draw);
  const head = h("div", { class: "survey-shown-head" }, h("h2", {}, texts.t("admin.customer_preview")), select);
  return h("section", { class: "survey-preview", "aria-label": texts.t("admin.customer_preview") }, head, shown);
}

/**
 * @param {Question} question
 * @param {readonly string[]} order
 */
function drawn({ kind, text, choices }, order) {
  const title = h("p", { class: "survey-shown-question", dir: "auto" }, inLanguage(text, order) || "…");
  if (kind === "stars") return h("div", {}, title, h("p", { class: "survey-shown-stars", "aria-hidden": "true" }, STARS));
  if (kind === "text") return h("div", {}, title, h("div", { class: "survey-shown-free", "aria-hidden": "true" }));
  const rows = choices.map((one) => h("li", { dir: "auto" }, h("span", { class: "dot", "aria-hidden": "true" }), inLanguage(one, order) || "…"));
  return h("div", {}, title, h("ul", { class: "survey-shown-choices" }, ...rows));
}
