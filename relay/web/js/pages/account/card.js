/** One subject of the account page. */

import { h } from "../../core/dom.js";

/**
 * @param {string} title
 * @param {...Node} parts
 */
export function card(title, ...parts) {
  const id = `card-${title.replace(/\W+/g, "-")}`;
  return h("section", { class: "account-card", "aria-labelledby": id }, h("h2", { id }, title), ...parts);
}
