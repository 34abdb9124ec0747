/** The key field: a mistyped key is told as it is typed, and never sent. */

import { byId, setText } from "../../core/dom.js";
import { isComplete, isRight, normalise, shown } from "../../core/keys.js";
import { KEY_DIGITS } from "../../protocol.js";

/** @import { Texts } from "../../core/texts.js" */

/** Whether somebody types a join code, which the relay knows what to do with. @param {string} typed */
function isCode(typed) {
  return /[a-z]/i.test(typed);
}

/** @param {Texts} texts */
export function watchKey(texts) {
  const form = byId("join", HTMLFormElement);
  const key = byId("key", HTMLInputElement);
  const error = byId("key-error", HTMLElement);

  /** What is wrong with the key so far; an unfinished one is not wrong yet. @param {boolean} finished */
  function fault(finished) {
    if (isCode(key.value)) return "";
    const digits = normalise(key.value);
    if (digits.length > KEY_DIGITS + 1) return texts.t("portal.key_long");
    if (isComplete(digits) && !isRight(digits)) return texts.t("error.key_mistyped");
    return finished && !isComplete(digits) ? texts.t("portal.key_short") : "";
  }

  /** @param {string} sentence */
  function tell(sentence) {
    setText(error, sentence);
    key.setAttribute("aria-invalid", String(sentence !== ""));
  }

  key.addEventListener("input", () => tell(fault(false)));
  key.addEventListener("blur", () => {
    const digits = normalise(key.value);
    if (!isCode(key.value) && isComplete(digits)) key.value = shown(digits);
  });
  form.addEventListener("submit", (event) => {
    const sentence = fault(true);
    tell(sentence);
    if (!sentence) return;
    event.preventDefault();
    key.focus();
  });
}
