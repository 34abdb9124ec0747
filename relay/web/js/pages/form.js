/** A form that is posted as JSON and leads to another page. */

import { byId, setText } from "../core/dom.js";
import { post, Refusal, sentence } from "../core/http.js";

/** @import { CodeWanted, SignedIn } from "../protocol.js" */
/** @import { Texts } from "../core/texts.js" */

/** @typedef {(texts: Texts, failure: unknown) => string} Words */

/**
 * Post what `body` reads from the form to `path`, then go where `next` says for the answer. A
 * failure is told in `#error`, and the field at fault gets the focus.
 * @param {HTMLFormElement} form
 * @param {{ texts: Texts, path: string, next: (answer: any) => string, body: (field: (name: string) => string) => object, words?: Words }} way
 */
export function submitTo(form, { texts, path, next, body, words = sentence }) {
  const error = byId("error", HTMLElement);
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    setText(error, "");
    const data = new FormData(form);
    try {
      const answer = await post(path, body((name) => String(data.get(name) ?? "")));
      location.replace(next(answer));
    } catch (failure) {
      button.disabled = false;
      setText(error, words(texts, failure));
      blame(form, failure instanceof Refusal ? failure.field : "");
    }
  });
}

/**
 * Where somebody who has signed in goes on: first to the second factor, if there is one.
 * @param {SignedIn | CodeWanted} answer
 */
export function afterSignIn(answer) {
  return "until" in answer ? "/login/code" : "/console";
}

/**
 * Mark the field that is at fault and go there.
 * @param {HTMLElement} form
 * @param {string} name
 */
export function blame(form, name) {
  for (const input of form.querySelectorAll("input")) {
    input.setAttribute("aria-invalid", String(input.name === name));
    if (input.name === name) input.focus();
  }
}

/**
 * The one-time token behind the `#` of the address. It is taken off the address bar at once, so
 * that it stays neither on the screen nor in the history.
 */
export function takeToken() {
  const token = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  return token;
}
