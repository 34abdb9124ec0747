/** A notice in the list: what it says, to whom, how it stands, and what can be done. */

import { drawBlocks } from "../../../core/blocks.js";
import { h, icon } from "../../../core/dom.js";
import { inLanguage } from "../site/fields.js";
import { closeNotice, sendNotice } from "./acts.js";
import { openNotice } from "./dialog.js";
import { portalName, SYSTEMS } from "./names.js";
import { moment } from "./when.js";

/** @import { NoticeRow, Notices } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

/** What each button acts on; it outlives the changes of its row. @type {WeakMap<HTMLElement, { notice: NoticeRow, known: Notices }>} */
const rows = new WeakMap();

/**
 * @param {Texts} texts
 * @param {Notices} known
 * @param {NoticeRow} notice
 * @param {HTMLElement | null} present
 * @param {() => Promise<void>} changed
 */
export function noticeCard(texts, known, notice, present, changed) {
  const kind = notice.closedAt === null ? notice.state : "closed";
  const kept = present?.dataset.kind === kind ? present : null;
  const element = kept ?? h("li", { class: "site-card", "data-kind": kind }, h("div", { class: "site-about" }), h("div", { class: "key-buttons" }));
  rows.set(element, { notice, known });
  element.children[0]?.replaceChildren(...about(texts, known, notice));
  const buttons = /** @type {HTMLElement} */ (element.children[1]);
  const able = acts(texts, element, changed);
  const wanted = /** @type {Record<string, (keyof typeof able)[]>} */ (ACTS)[kind] ?? [];
  if (!kept) buttons.append(...wanted.map((act) => able[act]));
  wanted.forEach((act, at) => buttons.children[at]?.setAttribute("aria-label", texts.t(NAMES[act], { name: notice.name })));
  return element;
}

/** What can be done, by how the notice stands. */
const ACTS = { active: ["send", "edit", "close"], planned: ["edit", "close"], over: ["again", "close"], closed: ["again"] };

const NAMES = {
  send: "admin.notices_send_name",
  edit: "admin.person_edit_name",
  close: "admin.notices_close_name",
  again: "admin.notices_again_name",
};

/**
 * @param {Texts} texts
 * @param {HTMLElement} element
 * @param {() => Promise<void>} changed
 */
function acts(texts, element, changed) {
  const row = () => /** @type {{ notice: NoticeRow, known: Notices }} */ (rows.get(element));
  return {
    send: button(texts.t("admin.notices_send"), () => sendNotice(texts, row().notice)),
    edit: button(texts.t("admin.person_edit"), () => openNotice(texts, row().known, row().notice, changed)),
    close: button(texts.t("admin.notices_close"), () => void closeNotice(texts, row().known, row().notice, changed)),
    again: button(texts.t("admin.notices_again"), () => openNotice(texts, row().known, { ...row().notice, id: "", version: "" }, changed)),
  };
}

/**
 * @param {string} words
 * @param {() => void} act
 */
function button(words, act) {
  const made = h("button", { class: "button", type: "button" }, words);
  made.addEventListener("click", act);
  return made;
}

/**
 * @param {Texts} texts
 * @param {Notices} known
 * @param {NoticeRow} notice
 */
function about(texts, known, notice) {
  const { state, saved, toTell, told, deletedAt } = notice;
  const sign = state === "active" ? h("span", { class: "dot good", "aria-hidden": "true" }) : icon(state === "planned" ? "pending" : "done", "small");
  const figures = [
    saved > 0 && texts.count("admin.notices_saved", saved),
    toTell > 0 && texts.count("admin.notices_to_tell", toTell),
    told > 0 && texts.count("admin.notices_told", told),
  ].filter((one) => one !== false);
  const gone = state === "over" && deletedAt !== null && texts.t("admin.notices_deleted", { when: moment(texts, deletedAt) });
  return [
    h("div", { class: "role-head" }, h("h3", { dir: "auto" }, notice.name), ...rules(texts, known, notice)),
    h("p", { class: "state soft" }, sign, h("span", {}, times(texts, notice))),
    h("div", { class: "notice-text" }, drawBlocks(texts, inLanguage(texts, notice.texts))),
    figures.length ? h("ul", { class: "notice-figures" }, ...figures.map((one) => h("li", {}, one))) : "",
    gone ? h("p", { class: "soft" }, gone) : "",
  ];
}

/**
 * @param {Texts} texts
 * @param {NoticeRow} notice
 */
function times(texts, { state, startsAt, endsAt, closedAt }) {
  const start = moment(texts, startsAt);
  if (closedAt !== null && (endsAt === null || closedAt < endsAt)) return texts.t("admin.notices_closed", { end: moment(texts, closedAt) });
  if (state === "over" && endsAt !== null) return texts.t("admin.notices_ended", { end: moment(texts, endsAt) });
  if (endsAt !== null) return texts.t("admin.notices_span", { start, end: moment(texts, endsAt) });
  return texts.t(state === "planned" ? "admin.notices_from" : "admin.notices_since", { start });
}

/**
 * @param {Texts} texts
 * @param {Notices} known
 * @param {NoticeRow} notice
 */
function rules(texts, known, notice) {
  const gone = texts.t("admin.notices_gone");
  const portals = notice.portals.map((id) => {
    const portal = known.portals.find((one) => one.id === id);
    return portal ? portalName(texts, portal) : gone;
  });
  const issues = notice.issues.map((id) => {
    const issue = known.issues.find((one) => one.id === id);
    return issue ? inLanguage(texts, issue.names) : gone;
  });
  const systems = notice.systems.map((one) => SYSTEMS[one] ?? one);
  const words = notice.words.length ? texts.t("admin.notices_if_words", { words: notice.words.join(", ") }) : "";
  const byHand = notice.automatic ? "" : texts.t("admin.notices_by_hand");
  const all = [byHand, portals.join(", "), issues.join(", "), systems.join(", "), words];
  return all.filter(Boolean).map((one) => h("span", { class: "chip is-long", dir: "auto" }, one));
}
