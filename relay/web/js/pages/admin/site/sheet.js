/** A form in a dialog: stays open until the relay has said yes, and asks before words are lost. */

import { confirm } from "../../../chat/confirm.js";
import { h, setText } from "../../../core/dom.js";
import { Refusal } from "../../../core/http.js";
import { opened } from "../dialog.js";
import { pointAt, wrong } from "./wrong.js";

/** @import { Texts } from "../../../core/texts.js" */

/**
 * `save` posts what the form holds; `done` is called once that went well and the dialog is gone.
 * After somebody else changed the same, `newer` reads it again and may return how it stands now.
 * @typedef {{
 *   title: string,
 *   parts: HTMLElement[],
 *   yes: string,
 *   save: () => Promise<void>,
 *   done: () => void,
 *   newer?: () => Promise<HTMLElement | null>,
 *   wide?: boolean,
 * }} Sheet
 */

/**
 * @param {Texts} texts
 * @param {Sheet} sheet
 */
export function openSheet(texts, sheet) {
  const dialog = opened(texts, sheet.title);
  dialog.classList.toggle("sheet-wide", sheet.wide === true);
  const error = h("p", { class: "error", role: "alert" });
  const theirs = h("div", { class: "sheet-theirs" });
  const go = h("button", { class: "button primary" }, sheet.yes);
  const keep = h("button", { class: "button", type: "button" }, texts.t("admin.person_cancel"));
  const foot = h("div", { class: "sheet-foot" }, error, h("div", { class: "dialog-buttons" }, keep, go));
  const form = h("form", { class: "admin-form", novalidate: true }, ...sheet.parts, theirs, foot);
  guard(texts, dialog, form, keep);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    setText(error, "");
    theirs.replaceChildren();
    try {
      await sheet.save();
      dialog.close();
      sheet.done();
    } catch (failure) {
      setText(error, wrong(texts, failure));
      pointAt(form, failure);
      if (failure instanceof Refusal && failure.code === "conflict") {
        theirs.replaceChildren(...[await sheet.newer?.().catch(() => null)].flatMap((one) => one ?? []));
        theirs.lastElementChild?.scrollIntoView({ block: "nearest" });
      }
    } finally {
      go.disabled = false;
    }
  });
  dialog.append(form);
  dialog.showModal();
  return dialog;
}

/**
 * Every way out asks when something was typed.
 * @param {Texts} texts
 * @param {HTMLDialogElement} dialog
 * @param {HTMLElement} form
 * @param {HTMLButtonElement} keep
 */
function guard(texts, dialog, form, keep) {
  let touched = false;
  const leave = async () => {
    if (!touched || (await discarded(texts))) dialog.close();
  };
  form.addEventListener("input", () => (touched = true));
  keep.addEventListener("click", leave);
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog || !touched) return;
    event.preventDefault();
    void leave();
  });
  const close = dialog.querySelector(".dialog-head button");
  close?.addEventListener(
    "click",
    (event) => {
      if (!touched) return;
      event.stopImmediatePropagation();
      void leave();
    },
    { capture: true },
  );
}

/** @param {Texts} texts */
function discarded(texts) {
  return confirm({
    title: texts.t("admin.teams_discard_title"),
    text: texts.t("admin.teams_discard_text"),
    yes: texts.t("admin.teams_discard"),
    no: texts.t("admin.teams_discard_no"),
  });
}
