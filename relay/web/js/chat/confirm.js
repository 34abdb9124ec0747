/** One question over the page, with the safe answer focused. */

import { h } from "../core/dom.js";

/**
 * Ask; true when the person chose to go on. Escape keeps things as they are.
 * @param {{ title: string, text: string, yes: string, no: string }} words
 * @returns {Promise<boolean>}
 */
export function confirm({ title, text, yes, no }) {
  const keep = h("button", { class: "button", value: "", autofocus: true }, no);
  const go = h("button", { class: "button danger", value: "yes" }, yes);
  const head = h("h2", { class: "dialog-title", id: "confirm-title" }, title);
  const buttons = h("div", "dialog-buttons", keep, go);
  const form = h("form", { method: "dialog" }, buttons);
  const named = { class: "dialog", "aria-labelledby": "confirm-title" };
  const dialog = h("dialog", named, head, h("p", {}, text), form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}
