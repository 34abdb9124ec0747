/** Notices: known problems, for whom they are shown, and whom they helped. */

import { byId, h, icon, reconcile, setText } from "../core/dom.js";
import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { noticeCard } from "./admin/notices/card.js";
import { openNotice } from "./admin/notices/dialog.js";
import { wrong } from "./admin/site/wrong.js";
import { tell } from "./admin/toast.js";

/** @import { NoticeRow, Notices } from "../protocol.js" */

const REFRESH_MS = 30_000;
const STATES = /** @type {const} */ ({
  active: "admin.notices_active",
  planned: "admin.notices_planned",
  over: "admin.notices_over",
});

const texts = await load();
let drawn = false;
/** @type {Notices} */
let shown = { now: 0, mail: false, notices: [], portals: [], issues: [] };

const add = h("button", { class: "button primary", type: "button" }, icon("add"), texts.t("admin.notices_add"));
add.addEventListener("click", () => openNotice(texts, shown, null, refresh));
const none = h("p", { class: "admin-none" });
const noMail = h("p", { class: "notice-mail" }, icon("alert", "small"), texts.t("admin.notices_no_mail"));
const groups = Object.entries(STATES).map(([state, key]) => {
  const list = h("ul", { class: "site-list" });
  const heading = h("h2", { id: `notices-${state}` }, texts.t(key));
  const element = h("section", { class: "site-part", "aria-labelledby": `notices-${state}` }, heading, list);
  return { state, list, element };
});

async function refresh() {
  try {
    const state = /** @type {Notices} */ (await get("/api/notices"));
    // What somebody reads or selects is left in peace while nothing has changed.
    const same = JSON.stringify({ ...state, now: 0 }) === JSON.stringify({ ...shown, now: 0 });
    shown = state;
    if (!same || !drawn) draw();
    drawn = true;
  } catch (failure) {
    tell(wrong(texts, failure));
  }
}

function draw() {
  for (const { state, list, element } of groups) {
    const rows = inOrder(shown.notices.filter((one) => one.state === state));
    element.hidden = rows.length === 0;
    reconcile(list, rows.map((one) => ({ ...one, key: one.id })), (row, present) => noticeCard(texts, shown, row, present, refresh));
  }
  setText(none, shown.notices.length ? "" : texts.t("admin.notices_none"));
  noMail.hidden = shown.mail;
}

/** What comes next stands first; of what began or ended, the latest. @param {NoticeRow[]} rows */
function inOrder(rows) {
  return rows.sort((one, other) => (one.state === "planned" ? one.startsAt - other.startsAt : other.startsAt - one.startsAt));
}

const intro = h("div", {}, h("h1", {}, texts.t("admin.notices")), h("p", { class: "soft" }, texts.t("admin.notices_text")));
byId("main", HTMLElement).replaceChildren(h("div", { class: "admin-intro" }, intro, add), noMail, ...groups.map(({ element }) => element), none);
await refresh();
// Notices start and end by themselves, and the figures grow.
window.setInterval(() => document.visibilityState === "visible" && void refresh(), REFRESH_MS);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void refresh());
