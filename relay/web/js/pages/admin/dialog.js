/** A form in a dialog that is posted as JSON and stays open until the relay has said yes. */

import { h, icon, setText } from "../../core/dom.js";
import { Refusal } from "../../core/http.js";
import { blame } from "../form.js";
import { why } from "./why.js";

/** @import { Texts } from "../../core/texts.js" */

/**
 * `save` posts what the form holds; `done` is called once that went well and the dialog is gone.
 * @template T
 * @typedef {{ title: string, parts: HTMLElement[], yes: string, save: (data: FormData) => Promise<T>, done: (answer: T) => void, more?: HTMLElement }} Form
 */

let number = 0;

/**
 * An empty dialog with a title and a way out; it removes itself when closed.
 * @param {Texts} texts
 * @param {string} title
 */
export function opened(texts, title) {
  const id = `dialog-${++number}`;
  const words = texts.t("console.close_dialog");
  const close = h("button", { class: "button plain square", type: "button", title: words }, icon("close"));
  close.setAttribute("aria-label", words);
  const head = h("div", { class: "dialog-head" }, h("h2", { class: "dialog-title", id }, title), close);
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": id }, head);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  return dialog;
}

/**
 * @template T
 * @param {Texts} texts
 * @param {Form<T>} form
 */
export function openForm(texts, { title, parts, yes, save, done, more }) {
  const dialog = opened(texts, title);
  const error = h("p", { class: "error", role: "alert" });
  const go = h("button", { class: "button primary" }, yes);
  const keep = h("button", { class: "button", type: "button" }, texts.t("admin.person_cancel"));
  keep.addEventListener("click", () => dialog.close());
  const buttons = h("div", { class: "dialog-buttons" }, keep, go);
  const form = h("form", { class: "admin-form" }, ...parts, error, buttons);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    setText(error, "");
    try {
      const answer = await save(new FormData(form));
      dialog.close();
      done(answer);
    } catch (failure) {
      go.disabled = false;
      setText(error, why(texts, failure));
      blame(form, failure instanceof Refusal ? failure.field : "");
    }
  });
  dialog.append(form, ...(more ? [more] : []));
  dialog.showModal();
  return dialog;
}

/**
 * A labelled field. `hint` stands under it.
 * @param {string} label
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {string} [hint]
 */
export function field(label, input, hint = "") {
  input.id = `field-${++number}`;
  const element = h("div", { class: "field" }, h("label", { for: input.id }, label), input);
  if (hint) {
    const id = `${input.id}-hint`;
    input.setAttribute("aria-describedby", id);
    element.append(h("p", { class: "hint", id }, hint));
  }
  return element;
}

/**
 * A button that copies `text` and says so.
 * @param {Texts} texts
 * @param {string} words
 * @param {string} text
 * @param {(words: string) => void} fail
 */
export function copyButton(texts, words, text, fail) {
  const label = h("span", {}, words);
  const button = h("button", { class: "button", type: "button" }, icon("copy"), label);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      setText(label, texts.t("console.copied"));
    } catch {
      fail(texts.t("console.copy_failed"));
    }
  });
  return button;
}
