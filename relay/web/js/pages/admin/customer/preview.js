/** How customers will see a text: macros filled in, markup drawn as the chat draws it. */

import { drawBlocks } from "../../../core/blocks.js";
import { h } from "../../../core/dom.js";
import { filled } from "./words.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Part } from "./cards.js" */
/** @import { Drafts } from "./drafts.js" */

/**
 * @param {Texts} page the page's own language
 * @param {Texts} texts the customer's
 * @param {Drafts} drafts
 * @param {Part} part
 */
export function preview(page, texts, drafts, part) {
  const { language } = texts;
  const shown = h("div", { class: `customer-shown is-${part.look}`, lang: language });
  const figure = h("figure", { class: "customer-preview" }, h("figcaption", {}, page.t("admin.customer_preview")), shown);
  let drawn = "";
  const update = () => {
    const words = wordsOf(drafts, part, language);
    const next = JSON.stringify(words);
    if (next === drawn) return;
    drawn = next;
    shown.replaceChildren(...pieces(texts, part, words));
  };
  return { element: figure, update };
}

/** @typedef {{ title: string, text: string, host: string }} Words */

/**
 * @param {Drafts} drafts
 * @param {Part} part
 * @param {string} language
 * @returns {Words}
 */
function wordsOf(drafts, { title, under, text }, language) {
  const values = drafts.store.value.state.examples[language] ?? {};
  const head = title ?? under;
  const url = text === "orphaned" ? drafts.rule("orphanedUrl") : "";
  return {
    title: head ? filled(drafts.text(`${head}.${language}`), values) : "",
    text: filled(drafts.text(`${text}.${language}`), values),
    host: URL.canParse(url) ? new URL(url).host : "",
  };
}

/**
 * Buttons are drawn, not made: there is nothing to answer here.
 * @param {Texts} texts
 * @param {Part} part
 * @param {Words} words
 */
function pieces(texts, { answers }, { title, text, host }) {
  const named = answers?.map((key) => texts.t(key)) ?? (host ? [texts.t("steps.go_on", { host })] : []);
  const buttons = named.map((one, at) => h("span", { class: at === named.length - 1 ? "button primary" : "button" }, one));
  return [
    ...(title ? [h("p", { class: "customer-shown-title", dir: "auto" }, title)] : []),
    drawBlocks(texts, text),
    ...(buttons.length ? [h("div", { class: "dialog-buttons", "aria-hidden": "true" }, ...buttons)] : []),
  ];
}
