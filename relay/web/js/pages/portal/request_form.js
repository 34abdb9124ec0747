/** The form without a key: counts what is written, and shows the ways that the chosen issue has. */

import { byId, h, setText } from "../../core/dom.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { Way } from "../../protocol.js" */

/** So much of the room has to be used before the rest of it is told. */
const COUNT_FROM = 0.8;

/** @param {Texts} texts */
export function watchRequest(texts) {
  const form = document.getElementById("start");
  if (!(form instanceof HTMLFormElement)) return;
  watchWords(texts, form);
  watchIssue(texts);
}

/**
 * @param {Texts} texts
 * @param {HTMLFormElement} form
 */
function watchWords(texts, form) {
  const words = byId("words", HTMLTextAreaElement);
  const count = byId("words-count", HTMLElement);
  const error = byId("words-error", HTMLElement);
  const most = Number(words.dataset.most);

  /** How many characters too many; negative while there is room. */
  const over = () => [...words.value.trim()].length - most;

  /** @param {string} sentence */
  function tell(sentence) {
    setText(error, sentence);
    words.setAttribute("aria-invalid", String(sentence !== ""));
  }

  words.addEventListener("input", () => {
    const left = -over();
    count.hidden = left < 0 || left > most * (1 - COUNT_FROM);
    setText(count, texts.t("portal.words_left", { left }));
    tell(left < 0 ? texts.t("portal.too_long", { over: -left, most }) : "");
  });
  form.addEventListener("submit", (event) => {
    if (over() <= 0) return;
    event.preventDefault();
    tell(texts.t("portal.too_long", { over: over(), most }));
    words.focus();
  });
}

/** @param {Texts} texts */
function watchIssue(texts) {
  const issue = byId("issue", HTMLSelectElement);
  const ways = byId("start-ways", HTMLElement);
  const all = [...ways.children];

  function show() {
    const way = /** @type {Way | undefined} */ (issue.selectedOptions[0]?.dataset.way);
    if (way === undefined || way === "choice") ways.replaceChildren(...all);
    else ways.replaceChildren(...only(texts, way));
  }

  issue.addEventListener("change", show);
  show();
}

/**
 * The one button of an issue with which there is nothing to choose.
 * @param {Texts} texts
 * @param {Way} way
 */
function only(texts, way) {
  const button = h("button", { class: "button primary large" }, texts.t("portal.ask"));
  return way === "client" ? [button, h("p", { class: "hint" }, texts.t("portal.ask_client"))] : [button];
}
