/** Codes and lines that can be copied. */

import { byId, setText } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */

/** @param {Texts} texts */
export function offerCopies(texts) {
  for (const button of document.querySelectorAll("button")) {
    const source = button.dataset.copy;
    if (source === undefined) continue;
    button.addEventListener("click", () => copy(texts, button, byId(source, HTMLElement)));
    button.hidden = false;
  }
}

/**
 * @param {Texts} texts
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} source
 */
async function copy(texts, button, source) {
  const said = byId("said", HTMLElement);
  const word = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(source.textContent ?? "");
    said.className = "only-read";
    setText(said, texts.t("ways.copied"));
    if (word) setText(word, texts.t("ways.copied"));
  } catch {
    getSelection()?.selectAllChildren(source);
    said.className = "error";
    setText(said, texts.t("ways.copy_failed"));
    if (word) setText(word, texts.t("ways.copy"));
  }
}
