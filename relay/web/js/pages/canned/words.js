/** What a canned message says in each language, and how it is inserted. */

import { drawSpans } from "../../core/blocks.js";
import { h, press, setText } from "../../core/dom.js";
import { LIMITS } from "../../protocol_more.js";
import { filled } from "../admin/customer/words.js";
import { labelled, LANGUAGES, languageName } from "../admin/site/fields.js";

/** @import { Texts } from "../../core/texts.js" */

/** The macros, each with the key of what it stands for. */
const MACROS = /** @type {const} */ ({
  CUSTOMER: "admin.customer_macro_customer",
  REP: "admin.customer_macro_rep",
  SITE: "admin.customer_macro_site",
  ISSUE: "admin.customer_macro_issue",
});

/**
 * @param {Texts} texts
 * @param {string} site what customers call the organisation
 * @param {Readonly<Record<string, string>>} present
 */
export function cannedWords(texts, site, present) {
  const examples = { CUSTOMER: "Grace Hopper", REP: "Ada Lovelace", SITE: site, ISSUE: texts.t("admin.customer_example_issue") };
  const own = LANGUAGES.map((language) => oneLanguage(texts, language, present[language] ?? "", examples));
  const heading = h("h3", {}, texts.t("canned.preview"));
  const preview = h("section", { class: "sheet-preview", "aria-label": texts.t("canned.preview") }, heading, ...own.map((one) => one.preview));
  const hint = h("p", { class: "hint" }, texts.t("canned.words_hint"));
  const element = h("div", { class: "sheet-group" }, ...own.map((one) => one.element), hint);
  const value = () => Object.fromEntries(own.map(({ language, input }) => [language, input.value]));
  return { element, preview, value };
}

/**
 * @param {Texts} texts
 * @param {string} language
 * @param {string} text
 * @param {Readonly<Record<keyof typeof MACROS, string>>} examples
 */
function oneLanguage(texts, language, text, examples) {
  const input = h("textarea", { class: "input", name: `texts.${language}`, rows: "5", dir: "auto", lang: language });
  input.value = text;
  const count = h("p", { class: "hint chars" });
  const said = languageName(texts, language);
  const field = labelled(texts.t("canned.words", { language: said }), input);
  const drawn = h("div", { lang: language, dir: "auto" });
  const preview = h("figure", {}, h("figcaption", { class: "soft" }, said), drawn);
  const draw = () => {
    const n = [...input.value.trim()].length;
    setText(count, texts.t("admin.notices_chars", { n, most: LIMITS.CANNED_CHARS }));
    count.classList.toggle("is-over", n > LIMITS.CANNED_CHARS);
    drawn.className = n ? "canned-bubble" : "soft";
    drawn.replaceChildren(...(n ? drawSpans(texts, filled(input.value.trim(), examples)) : [texts.t("canned.preview_none")]));
  };
  input.addEventListener("input", draw);
  draw();
  field.append(h("div", { class: "canned-under" }, macros(texts, said, input, examples), count));
  return { language, input, element: field, preview };
}

/**
 * Buttons that insert a macro where the cursor is.
 * @param {Texts} texts
 * @param {string} language
 * @param {HTMLTextAreaElement} input
 * @param {Readonly<Record<keyof typeof MACROS, string>>} examples
 */
function macros(texts, language, input, examples) {
  const names = /** @type {(keyof typeof MACROS)[]} */ (Object.keys(MACROS));
  const buttons = names.map((name) => {
    const macro = `%${name}%`;
    const button = press(macro, () => {
      input.focus();
      input.setRangeText(macro, input.selectionStart, input.selectionEnd, "end");
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const title = texts.t("admin.customer_macro_title", { macro, what: texts.t(MACROS[name]), example: examples[name] });
    button.title = title;
    button.setAttribute("aria-label", title);
    return button;
  });
  return h("div", { class: "canned-macros", role: "group", "aria-label": `${language}: ${texts.t("canned.insert_macro")}` }, ...buttons);
}
