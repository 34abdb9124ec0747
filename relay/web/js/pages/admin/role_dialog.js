/** The dialog in which a role is made or changed. */

import { h } from "../../core/dom.js";
import { post } from "../../core/http.js";
import { field, openForm } from "./dialog.js";
import { tell } from "./toast.js";

/** @import { RoleRow, Roles, RoleWish } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {Roles} known
 * @param {RoleRow | null} role null: a new one
 * @param {() => void} changed
 */
export function openRole(texts, known, role, changed) {
  const name = h("input", { class: "input", name: "name", required: true, maxlength: "80", autocomplete: "off", dir: "auto" });
  name.value = role?.name ?? "";
  const legend = h("legend", {}, texts.t("admin.role_permissions"));
  const boxes = known.permissions.map((one) => box(texts, one, known.held.includes(one), role));
  openForm(texts, {
    title: role ? texts.t("admin.person_edit_name", { name: role.name }) : texts.t("admin.role_add"),
    parts: [field(texts.t("admin.role_name"), name), h("fieldset", { class: "role-boxes" }, legend, ...boxes)],
    yes: texts.t("admin.person_save"),
    save: (data) => post(role ? `/api/roles/${role.id}` : "/api/roles", wish(data)),
    done: () => {
      changed();
      tell(texts.t("admin.person_saved"));
    },
  });
}

/**
 * @param {Texts} texts
 * @param {string} permission
 * @param {boolean} held
 * @param {RoleRow | null} role
 */
function box(texts, permission, held, role) {
  const checked = role?.permissions.includes(permission) ?? false;
  const input = h("input", { type: "checkbox", name: "permissions", value: permission, checked, disabled: !held });
  const reason = !held && h("span", { class: "hint" }, texts.t("admin.role_not_held"));
  return h("label", { class: "switch" }, input, h("span", {}, texts.t(`permission.${permission}`)), reason);
}

/** @param {FormData} data @returns {RoleWish} */
function wish(data) {
  return { name: String(data.get("name") ?? "").trim(), permissions: data.getAll("permissions").map(String) };
}
