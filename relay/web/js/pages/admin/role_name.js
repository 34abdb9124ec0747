/** What a role is called: one that is built in by the catalogue, any other as somebody named it. */

/** @import { RoleRow } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {RoleRow} role
 */
export function roleName(texts, role) {
  return role.builtIn ? texts.t(`role.${role.id}`) : role.name;
}
