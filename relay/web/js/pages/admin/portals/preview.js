/** What a portal will look like, on light and on dark screens. */

import { h, setText } from "../../../core/dom.js";

/** @import { AccentCheck, SchemeLook } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

/** @typedef {{ name: string, logo: string, look: AccentCheck | null }} Looks */

/** @param {Texts} texts */
export function preview(texts) {
  const light = pane(texts, texts.t("admin.portals_preview_light"));
  const dark = pane(texts, texts.t("admin.portals_preview_dark"));
  const heading = h("h3", {}, texts.t("admin.portals_preview"));
  const element = h("section", { class: "sheet-preview", "aria-label": texts.t("admin.portals_preview") }, heading, light.element, dark.element);
  /** @param {Looks} looks */
  const draw = ({ name, logo, look }) => {
    light.draw(name, logo, look?.light ?? null);
    dark.draw(name, logo, look?.dark ?? null);
  };
  return { element, draw };
}

/**
 * @param {Texts} texts
 * @param {string} caption
 */
function pane(texts, caption) {
  const mark = h("img", { class: "portal-logo", alt: "" });
  const name = h("span", { dir: "auto" });
  const title = h("p", { class: "mini-title" }, texts.t("admin.portals_preview_title"));
  const button = h("span", { class: "mini-button" }, texts.t("admin.portals_preview_button"));
  const link = h("span", { class: "mini-link" }, texts.t("admin.portals_preview_link"));
  const page = h("div", { class: "mini" }, h("p", { class: "mini-head" }, mark, name), h("div", { class: "mini-card" }, title, button, link));
  const element = h("figure", {}, h("figcaption", { class: "soft" }, caption), page);
  /**
   * @param {string} words
   * @param {string} logo
   * @param {SchemeLook | null} look
   */
  const draw = (words, logo, look) => {
    setText(name, words);
    mark.hidden = !logo;
    if (logo) mark.src = logo;
    for (const [property, value] of Object.entries(look ?? {})) {
      if (typeof value === "string") page.style.setProperty(`--mini-${property}`, value);
    }
  };
  return { element, draw };
}
