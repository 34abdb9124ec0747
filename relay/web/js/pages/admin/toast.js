/** A short word about what has just happened, read aloud too. */

import { h, setText } from "../../core/dom.js";

const SHOWN_MS = 6000;

const toast = h("p", { class: "admin-toast", role: "status" });
let timer = 0;
document.body.append(toast);

/** @param {string} words */
export function tell(words) {
  window.clearTimeout(timer);
  setText(toast, words);
  timer = window.setTimeout(() => setText(toast, ""), SHOWN_MS);
}
