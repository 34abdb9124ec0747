/** The portal works without this: here the key is checked as it is typed, and people come and go. */

import { byId, h, reconcile, setText } from "../core/dom.js";
import { get, Unreachable, Refusal } from "../core/http.js";
import { isComplete, isRight, normalise, shown } from "../core/keys.js";
import { load } from "../core/texts.js";
import { KEY_DIGITS } from "../protocol.js";

/** @import { Portal } from "../protocol.js" */

const REFRESH_S = 15;

const texts = await load();
const form = byId("join", HTMLFormElement);
const key = byId("key", HTMLInputElement);
const error = byId("key-error", HTMLElement);

/** What is wrong with the key so far; an unfinished one is not wrong yet. @param {boolean} finished */
function fault(finished) {
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
  if (isComplete(digits)) key.value = shown(digits);
});
form.addEventListener("submit", (event) => {
  const sentence = fault(true);
  tell(sentence);
  if (!sentence) return;
  event.preventDefault();
  key.focus();
});

async function refresh() {
  if (document.visibilityState === "hidden") return;
  try {
    /** @type {Portal} */
    const { representatives } = await get("/api/portal");
    const people = representatives.map(({ name }, place) => ({ key: `${place} ${name}`, name }));
    reconcile(byId("people", HTMLElement), people, ({ name }, present) => {
      return present ?? h("li", { class: "person" }, h("span", { class: "dot good" }), name);
    });
    byId("nobody", HTMLElement).hidden = people.length > 0;
  } catch (failure) {
    // The page stays as it is; the next round may do better.
    if (!(failure instanceof Unreachable || failure instanceof Refusal)) throw failure;
  }
}

setInterval(refresh, REFRESH_S * 1000);
document.addEventListener("visibilitychange", refresh);
