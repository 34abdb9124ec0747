/** Small charts, each said in words too: what readers hear is a list of its figures. */

import { h } from "../../../core/dom.js";

/**
 * One bar divided into shares, with a legend.
 * @param {string} title
 * @param {readonly { kind: string, value: number, words: string }[]} shares
 */
export function shareChart(title, shares) {
  const parts = shares.filter(({ value }) => value > 0).map(({ kind, value }) => {
    const part = h("span", { class: `share is-${kind}` });
    part.style.flexGrow = String(value);
    return part;
  });
  const legend = shares.map(({ kind, words }) => h("li", {}, h("span", { class: `share-key is-${kind}`, "aria-hidden": "true" }), words));
  const bar = h("div", { class: "shares", role: "img", "aria-label": title }, ...parts);
  return h("div", { class: "chart" }, bar, h("ul", { class: "share-legend" }, ...legend));
}

/**
 * A bar for each row, as long as its share of the largest.
 * @param {string} title
 * @param {readonly { label: string, value: number, words: string }[]} rows
 */
export function barChart(title, rows) {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const lines = rows.map(({ label, value, words }) => {
    const fill = h("span", { class: "bar-fill" });
    fill.style.inlineSize = `${(100 * value) / most}%`;
    const bar = h("span", { class: "bar", "aria-hidden": "true" }, fill);
    return h("tr", {}, h("th", { scope: "row" }, label), h("td", { class: "bar-cell" }, bar), h("td", { class: "bar-words" }, words));
  });
  return h("table", { class: "bars" }, h("caption", {}, title), h("tbody", {}, ...lines));
}
