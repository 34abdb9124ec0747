/** What the pages of own and of shared messages have in common: adding, searching, changing. */

import { byId, h, icon } from "../../core/dom.js";
import { labelled } from "../admin/site/fields.js";
import { eraseCanned, openCanned } from "./dialog.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { Place } from "./dialog.js" */
/** @import { Acts } from "./list.js" */

/**
 * `place` says where the messages are kept as they stand now; `draw` shows those that are searched for.
 * @param {Texts} texts
 * @param {{ title: string, text: string }} words
 * @param {() => Place} place
 * @param {(query: string) => void} draw
 */
export function frame(texts, { title, text }, place, draw) {
  const add = h("button", { class: "button primary", type: "button" }, icon("add"), texts.t("canned.add"));
  add.addEventListener("click", () => openCanned(texts, place(), null));
  const search = h("input", { class: "input canned-filter", type: "search", autocomplete: "off" });
  search.addEventListener("input", () => draw(search.value));
  const row = (/** @type {string} */ id) => place().rows.find((one) => one.id === id);
  /** @type {Acts} */
  const acts = {
    edit: ({ id }) => openCanned(texts, place(), row(id) ?? null),
    remove: ({ id }) => {
      const found = row(id);
      if (found) void eraseCanned(texts, place(), found);
    },
  };
  const intro = h("div", {}, h("h1", {}, title), h("p", { class: "soft" }, text));
  const head = [h("div", { class: "admin-intro" }, intro, add), labelled(texts.t("canned.search"), search)];
  const show = (/** @type {HTMLElement[]} */ ...lists) => byId("main", HTMLElement).replaceChildren(...head, ...lists);
  return { acts, search, show };
}

/** What customers call the organisation, as the page's head has it. */
export function organisation() {
  return document.querySelector(".head-title span")?.textContent ?? "";
}
