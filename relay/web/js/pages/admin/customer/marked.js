/** Differences as people read them: marked by colour, by sign and by word. */

import { h } from "../../../core/dom.js";
import { difference } from "./difference.js";

/** @import { Texts } from "../../../core/texts.js" */

/**
 * What `newer` has in place of `older`.
 * @param {Texts} texts
 * @param {string} older
 * @param {string} newer
 */
export function drawDifference(texts, older, newer) {
  const rows = difference(older, newer).map(({ kind, pieces }) => {
    const words = pieces.map(({ text, marked }) => (marked && kind !== "same" ? h(kind === "added" ? "ins" : "del", {}, text) : text));
    const sign = { same: "", added: "+", removed: "−" }[kind];
    const said = kind === "same" ? null : h("span", { class: "only-read" }, texts.t(`admin.customer_${kind}`), ": ");
    return h("li", { class: `is-${kind}` }, h("span", { class: "difference-sign", "aria-hidden": "true" }, sign), said, h("span", { dir: "auto" }, ...words));
  });
  return h("ol", { class: "difference" }, ...rows);
}
