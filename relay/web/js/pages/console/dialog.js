/** The head that every dialog of the console has: its title, and a way out. */

import { h, icon } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */

/**
 * A closed dialog with this title; `parts` stand under it.
 * @param {Texts} texts
 * @param {HTMLElement} title with an id of its own
 * @param {...HTMLElement} parts
 */
export function dialogOf(texts, title, ...parts) {
  const words = texts.t("console.close_dialog");
  const named = { class: "button plain square", type: "button", title: words, "aria-label": words };
  const close = h("button", { ...named, onclick: () => dialog.close() }, icon("close"));
  const head = h("div", { class: "dialog-head" }, title, close);
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": title.id }, head, ...parts);
  return dialog;
}

/**
 * A title for `dialogOf`.
 * @param {string} id
 * @param {string} words
 */
export function dialogTitle(id, words) {
  return h("h2", { class: "dialog-title", id }, words);
}
