/** What notices' rules are called. */

/** @import { Texts } from "../../../core/texts.js" */

/** @type {Readonly<Record<string, string>>} */
export const SYSTEMS = { windows: "Windows", macos: "macOS", linux: "Linux", android: "Android", ios: "iOS" };

/**
 * @param {Texts} texts
 * @param {{ slug: string, name: string }} portal
 */
export function portalName(texts, { slug, name }) {
  const place = slug ? `/p/${slug}` : texts.t("admin.portals_main");
  return name ? `${name} (${place})` : place;
}
