/** Try as a customer: a test session in another tab, with what nobody has saved yet. */

import { h, icon, setText } from "../../core/dom.js";
import { post } from "../../core/http.js";
import { opened } from "./dialog.js";
import { tell } from "./toast.js";

/** @import { TrialWish } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/**
 * A button, and the language to try in.
 * @param {Texts} texts
 * @param {string} path where the wish is posted
 * @param {() => Omit<TrialWish, "language"> | null} drafts null: something has to be mended first
 * @param {(failure: unknown) => void} fail
 */
export function tryButton(texts, path, drafts, fail) {
  const language = h("select", { class: "input trial-language", "aria-label": texts.t("admin.customer_try_language") });
  for (const one of languages(texts)) {
    language.append(h("option", { value: one, selected: one === texts.language }, languageName(one)));
  }
  const button = h("button", { class: "button", type: "button" }, icon("play"), texts.t("admin.customer_try"));
  button.setAttribute("aria-description", texts.t("admin.customer_try_text"));
  button.title = texts.t("admin.customer_try_text");
  button.addEventListener("click", async () => {
    const wish = drafts();
    if (!wish || button.disabled) return;
    button.disabled = true;
    // Opened within the click: later the browser would take it for a pop-up nobody wanted.
    const tab = window.open("about:blank", "_blank");
    try {
      const { path: to } = await post(path, { ...wish, language: language.value });
      show(texts, tab, to);
    } catch (failure) {
      tab?.close();
      fail(failure);
    } finally {
      button.disabled = false;
    }
  });
  return h("div", { class: "trial" }, language, button);
}

/**
 * @param {Texts} texts
 * @param {Window | null} tab
 * @param {string} path
 */
function show(texts, tab, path) {
  if (tab) {
    tab.location.replace(path);
    tell(texts.t("admin.customer_try_ready"));
    return;
  }
  const dialog = opened(texts, texts.t("admin.customer_try"));
  const link = h("a", { class: "button primary", href: path, target: "_blank" }, "");
  setText(link, texts.t("admin.customer_try_open"));
  link.addEventListener("click", () => dialog.close());
  dialog.append(h("p", {}, texts.t("admin.customer_try_blocked")), h("div", { class: "dialog-buttons" }, link));
  dialog.showModal();
}

/** The languages of the catalogues, the reader's first. @param {Texts} texts */
export function languages(texts) {
  return [...LANGUAGES].sort((one, other) => Number(other === texts.language) - Number(one === texts.language));
}

const LANGUAGES = ["en", "de"];

/** A language in its own words. @param {string} language */
export function languageName(language) {
  const name = new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
