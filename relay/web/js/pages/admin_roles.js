/** Roles: what people may do. */

import { confirm } from "../chat/confirm.js";
import { byId, explain, h, icon, isEnabled, reconcile } from "../core/dom.js";
import { get, post } from "../core/http.js";
import { load } from "../core/texts.js";
import { openRole } from "./admin/role_dialog.js";
import { roleName } from "./admin/role_name.js";
import { tell } from "./admin/toast.js";
import { why } from "./admin/why.js";

/** @import { RoleRow, Roles } from "../protocol.js" */

const texts = await load();
/** @type {Roles} */
let shown = { roles: [], permissions: [], held: [] };

const add = h("button", { class: "button primary", type: "button" }, icon("add"), texts.t("admin.role_add"));
add.addEventListener("click", () => openRole(texts, shown, null, refresh));
const list = h("ul", { class: "roles" });

async function refresh() {
  try {
    shown = await get("/api/roles");
    reconcile(list, shown.roles.map((one) => ({ ...one, key: one.id })), card);
  } catch (failure) {
    tell(why(texts, failure));
  }
}

/**
 * @param {RoleRow} role
 * @param {HTMLElement | null} present
 */
function card(role, present) {
  const element = present ?? h("li", { class: "role" }, h("div"), h("div", { class: "key-buttons" }, ...acts(role)));
  const builtIn = role.builtIn && h("span", { class: "chip" }, icon("lock", "small"), texts.t("admin.role_built_in"));
  const name = h("h2", { dir: "auto" }, roleName(texts, role));
  const people = h("span", { class: "soft" }, texts.count("admin.role_people", role.people));
  const may = role.permissions.map((one) => h("li", {}, icon("stored", "small"), texts.t(`permission.${one}`)));
  const nothing = h("li", { class: "soft" }, texts.t("admin.role_nothing"));
  const permissions = h("ul", { class: "role-may" }, ...(may.length ? may : [nothing]));
  element.children[0]?.replaceChildren(h("div", { class: "role-head" }, name, builtIn || "", people), permissions);
  const [edit, remove] = element.querySelectorAll("button");
  edit?.setAttribute("aria-label", texts.t("admin.person_edit_name", { name: roleName(texts, role) }));
  remove?.setAttribute("aria-label", texts.t("admin.role_delete_name", { name: roleName(texts, role) }));
  const foreign = role.mine ? "" : texts.t("admin.role_not_yours");
  if (edit) explain(edit, foreign);
  if (remove) explain(remove, foreign || (role.people ? texts.t("admin.role_in_use") : ""));
  return element;
}

/** @param {RoleRow} role */
function acts({ id, builtIn }) {
  if (builtIn) return [];
  const edit = h("button", { class: "button", type: "button" }, texts.t("admin.person_edit"));
  edit.addEventListener("click", () => isEnabled(edit) && openRole(texts, shown, find(id), refresh));
  const remove = h("button", { class: "button", type: "button" }, texts.t("admin.role_delete"));
  remove.addEventListener("click", () => isEnabled(remove) && erase(id));
  return [edit, remove];
}

/** @param {string} id */
function find(id) {
  return shown.roles.find((one) => one.id === id) ?? null;
}

/** @param {string} id */
async function erase(id) {
  const sure = await confirm({
    title: texts.t("admin.role_delete_title", { name: find(id)?.name ?? "" }),
    text: texts.t("admin.role_delete_text"),
    yes: texts.t("admin.role_delete"),
    no: texts.t("admin.person_cancel"),
  });
  if (!sure) return;
  try {
    await post(`/api/roles/${id}/delete`);
  } catch (failure) {
    tell(why(texts, failure));
  }
  await refresh();
}

const words = h("div", {}, h("h1", {}, texts.t("admin.roles")), h("p", { class: "soft" }, texts.t("admin.roles_text")));
byId("main", HTMLElement).replaceChildren(h("div", { class: "admin-intro" }, words, add), list);
await refresh();
