/** A form that is posted as JSON and leads to another page. */

import { byId, setText } from "../core/dom.js";
import { post, Refusal, sentence } from "../core/http.js";

/** @import { Texts } from "../core/texts.js" */

/**
 * Post what `body` reads from the form to `path`, then go to `next`. A failure is told in
 * `#error`, and the field at fault gets the focus.
 * @param {HTMLFormElement} form
 * @param {{ texts: Texts, path: string, next: string, body: (field: (name: string) => string) => object }} way
 */
export function submitTo(form, { texts, path, next, body }) {
  const error = byId("error", HTMLElement);
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    setText(error, "");
    const data = new FormData(form);
    try {
      await post(path, body((name) => String(data.get(name) ?? "")));
      location.replace(next);
    } catch (failure) {
      button.disabled = false;
      setText(error, sentence(texts, failure));
      blame(form, failure instanceof Refusal ? failure.field : "");
    }
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
function blame(form, name) {
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
