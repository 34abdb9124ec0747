/** What a notice says, in each language, and how it looks to customers. */

import { drawBlocks } from "../../../core/blocks.js";
import { h, setText } from "../../../core/dom.js";
import { labelled, LANGUAGES, languageName } from "../site/fields.js";

/** @import { Texts } from "../../../core/texts.js" */

const MOST = 1020;

/**
 * @param {Texts} texts
 * @param {Readonly<Record<string, string>>} present
 */
export function noticeTexts(texts, present) {
  const own = LANGUAGES.map((language) => oneLanguage(texts, language, present[language] ?? ""));
  const heading = h("h3", {}, texts.t("admin.notices_preview"));
  const preview = h("section", { class: "sheet-preview", "aria-label": texts.t("admin.notices_preview") }, heading, ...own.map((one) => one.preview));
  const hint = h("p", { class: "hint" }, texts.t("admin.notices_words_hint"));
  const element = h("div", { class: "sheet-group" }, ...own.map((one) => one.element), hint);
  const value = () => Object.fromEntries(own.map(({ language, input }) => [language, input.value]));
  return { element, preview, value };
}

/**
 * @param {Texts} texts
 * @param {string} language
 * @param {string} text
 */
function oneLanguage(texts, language, text) {
  const input = h("textarea", { class: "input", name: `texts.${language}`, rows: "5", dir: "auto", lang: language });
  input.value = text;
  const count = h("p", { class: "hint chars" });
  const said = languageName(texts, language);
  const field = labelled(texts.t("admin.notices_words", { language: said }), input);
  const drawn = h("div", { lang: language });
  const mine = h("span", { class: "mini-action" }, texts.t("admin.notices_mine"));
  const card = h("div", { class: "notice-mini" }, drawn, mine);
  const preview = h("figure", {}, h("figcaption", { class: "soft" }, said), card);
  const draw = () => {
    const n = [...input.value.trim()].length;
    setText(count, texts.t("admin.notices_chars", { n, most: MOST }));
    count.classList.toggle("is-over", n > MOST);
    const nothing = h("p", { class: "soft" }, texts.t("admin.notices_preview_none"));
    drawn.replaceChildren(n ? drawBlocks(texts, input.value) : nothing);
    mine.hidden = n === 0;
  };
  input.addEventListener("input", draw);
  draw();
  field.append(count);
  return { language, input, element: field, preview };
}
