/** Portals: the pages on which customers ask for help, and how they look. */

import { byId, h, icon, reconcile } from "../core/dom.js";
import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { openPortal } from "./admin/portals/dialog.js";
import { wayWords } from "./admin/site/fields.js";
import { wrong } from "./admin/site/wrong.js";
import { erase } from "./admin/teams/dialogs.js";
import { tell } from "./admin/toast.js";

/** @import { PortalRow, Portals } from "../protocol.js" */

const MAIN = "main";

const texts = await load();
/** @type {Portals} */
let shown = { portals: [], issues: [], origin: "", organisation: "", way: "choice" };

const add = h("button", { class: "button primary", type: "button" }, icon("add"), texts.t("admin.portals_add"));
add.addEventListener("click", () => openPortal(texts, shown, null, refresh));
const list = h("ul", { class: "site-list" });

async function refresh() {
  try {
    shown = await get("/api/portals");
    reconcile(list, shown.portals.map((one) => ({ ...one, key: one.id })), card);
  } catch (failure) {
    tell(wrong(texts, failure));
  }
}

/** @param {PortalRow} portal */
function nameOf(portal) {
  return portal.name || shown.organisation;
}

/**
 * @param {PortalRow} portal
 * @param {HTMLElement | null} present
 */
function card(portal, present) {
  const element = present ?? h("li", { class: "site-card" }, h("div", { class: "site-about" }), h("div", { class: "key-buttons" }, ...acts(portal.id)));
  element.children[0]?.replaceChildren(...about(portal));
  const [edit, remove] = element.querySelectorAll("button");
  edit?.setAttribute("aria-label", texts.t("admin.person_edit_name", { name: nameOf(portal) }));
  remove?.setAttribute("aria-label", texts.t("admin.role_delete_name", { name: nameOf(portal) }));
  return element;
}

/** @param {PortalRow} portal */
function about(portal) {
  const path = portal.slug ? `/p/${portal.slug}` : "/";
  const address = `${shown.origin}${path}`;
  const link = h("a", { href: path, target: "_blank", title: texts.t("admin.portals_open", { address }) }, address);
  const logo = portal.logo ? h("img", { class: "portal-logo", src: portal.logo, alt: "" }) : null;
  const main = portal.id === MAIN && h("span", { class: "chip" }, texts.t("admin.portals_main"));
  const way = portal.way && h("span", { class: "chip" }, wayWords(texts, portal.way));
  const few = portal.issues?.filter((id) => shown.issues.some((one) => one.id === id)).length;
  const issues = few === undefined ? texts.t("admin.portals_issues_every") : texts.count("admin.portals_issues_count", few);
  return [
    h("div", { class: "role-head" }, logo, h("h2", { dir: "auto" }, nameOf(portal)), main, way),
    h("p", { class: "site-to" }, link),
    h("p", { class: "site-to soft" }, portal.accent ? swatch(portal.accent) : null, issues),
  ];
}

/** @param {string} accent */
function swatch(accent) {
  const colour = h("span", { class: "swatch", "aria-hidden": "true" });
  colour.style.backgroundColor = accent;
  return h("span", { class: "state" }, colour, accent);
}

/** @param {string} id */
function acts(id) {
  const find = () => shown.portals.find((one) => one.id === id);
  const edit = h("button", { class: "button", type: "button" }, texts.t("admin.person_edit"));
  edit.addEventListener("click", () => {
    const portal = find();
    if (portal) openPortal(texts, shown, portal, refresh);
  });
  if (id === MAIN) return [edit];
  const remove = h("button", { class: "button", type: "button" }, texts.t("admin.role_delete"));
  remove.addEventListener("click", async () => {
    const portal = find();
    if (portal) await erase(texts, `/api/portals/${id}`, nameOf(portal), texts.t("admin.portals_delete_text"));
    await refresh();
  });
  return [edit, remove];
}

const intro = h("div", {}, h("h1", {}, texts.t("admin.portals")), h("p", { class: "soft" }, texts.t("admin.portals_text")));
byId("main", HTMLElement).replaceChildren(h("div", { class: "admin-intro" }, intro, add), list);
await refresh();
