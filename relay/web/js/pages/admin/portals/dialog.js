/** The dialog in which a portal is made or changed, with a preview of how it will look. */

import { h } from "../../../core/dom.js";
import { get, post } from "../../../core/http.js";
import { boxes, inLanguage, labelled, line, radios, waySelect } from "../site/fields.js";
import { openSheet } from "../site/sheet.js";
import { wrong } from "../site/wrong.js";
import { tell } from "../toast.js";
import { AccentField } from "./accent.js";
import { LogoField } from "./logo.js";
import { preview } from "./preview.js";

/** @import { PortalRow, Portals } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

const MAIN = "main";

/**
 * @param {Texts} texts
 * @param {Portals} known
 * @param {PortalRow | null} portal null: a new one
 * @param {() => Promise<void>} changed
 */
export function openPortal(texts, known, portal, changed) {
  const form = new PortalForm(texts, known, portal);
  openSheet(texts, {
    title: portal ? texts.t("admin.person_edit_name", { name: portal.name || known.organisation }) : texts.t("admin.portals_add"),
    parts: [form.element],
    yes: texts.t("admin.person_save"),
    wide: true,
    // Also after a failure: the portal may be saved, and its logo not.
    save: () => form.save().finally(() => void changed()),
    done: () => tell(texts.t("admin.person_saved")),
    newer: () => form.readVersion(),
  });
  form.begin();
}

class PortalForm {
  /**
   * @param {Texts} texts
   * @param {Portals} known
   * @param {PortalRow | null} portal
   */
  constructor(texts, known, portal) {
    this._texts = texts;
    this._organisation = known.organisation;
    this._id = portal?.id ?? "";
    this._version = portal?.version ?? "";
    const draw = () => this._draw();
    this._name = line("name", portal?.name ?? "");
    this._name.placeholder = known.organisation;
    this._name.addEventListener("input", draw);
    this._slug = line("slug", portal?.slug ?? "");
    this._slug.autocapitalize = "none";
    this._slug.spellcheck = false;
    this._logo = new LogoField(texts, portal?.logo ?? "", draw);
    this._accent = new AccentField(texts, portal?.accent ?? "", draw);
    this._way = waySelect(texts, portal?.way ?? null, known.way);
    this._issues = issueChoice(texts, known, portal);
    this._preview = preview(texts);
    const named = labelled(texts.t("admin.portals_name"), this._name, texts.t("admin.portals_name_hint", { name: known.organisation }));
    const placed = this._id === MAIN ? null : slugField(texts, known, this._slug);
    const form = h("div", { class: "sheet-form" }, named, placed, this._logo.element, this._accent.element, this._way.element, this._issues.element);
    this.element = h("div", { class: "sheet-halves" }, form, this._preview.element);
  }

  /** Fetch the look of what there is. */
  begin() {
    this._accent.check().catch((failure) => tell(wrong(this._texts, failure)));
  }

  /** Save the portal, then its logo; a second try after that is for the logo alone. */
  async save() {
    const made = await post(this._id ? `/api/portals/${this._id}` : "/api/portals", {
      slug: this._id === MAIN ? "" : this._slug.value.trim(),
      name: this._name.value,
      accent: this._accent.value,
      way: this._way.chosen(),
      issues: this._issues.chosen(),
      version: this._version,
    });
    this._id ||= made.id;
    await this.readVersion();
    await this._logo.save(`/api/portals/${this._id}/logo`);
  }

  /** How it stands now is what the next change is made of. @returns {Promise<null>} */
  async readVersion() {
    const state = /** @type {Portals} */ (await get("/api/portals"));
    this._version = state.portals.find((one) => one.id === this._id)?.version ?? this._version;
    return null;
  }

  _draw() {
    const name = this._name.value.trim() || this._organisation;
    this._preview.draw({ name, logo: this._logo.shown, look: this._accent.look });
  }
}

/**
 * @param {Texts} texts
 * @param {Portals} known
 * @param {HTMLInputElement} slug
 */
function slugField(texts, known, slug) {
  const field = labelled(texts.t("admin.portals_slug"), slug, texts.t("admin.portals_slug_hint"));
  const base = h("span", { class: "soft" }, `${known.origin.replace("https://", "")}/p/`);
  const around = h("div", { class: "slug" }, base);
  slug.replaceWith(around);
  around.append(slug);
  return field;
}

/**
 * @param {Texts} texts
 * @param {Portals} known
 * @param {PortalRow | null} portal
 */
function issueChoice(texts, known, portal) {
  const some = portal?.issues ?? null;
  const which = radios(texts.t("admin.portals_issues"), "portal-issues", [
    { value: "all", label: texts.t("admin.portals_issues_all"), on: some === null },
    { value: "some", label: texts.t("admin.portals_issues_some"), on: some !== null },
  ]);
  const list = boxes(
    texts.t("admin.portals_issues_some"),
    known.issues.map(({ id, names }) => ({ value: id, label: inLanguage(texts, names), on: some?.includes(id) ?? false })),
  );
  list.element.querySelector("legend")?.classList.add("only-read");
  const adjust = () => (list.element.hidden = which.chosen() === "all");
  which.element.addEventListener("change", adjust);
  adjust();
  const element = h("div", { class: "sheet-group" }, which.element, list.element);
  element.hidden = known.issues.length === 0;
  return { element, chosen: () => (which.chosen() === "all" ? null : list.chosen()) };
}
