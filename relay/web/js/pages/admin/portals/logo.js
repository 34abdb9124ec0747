/** The logo of a portal: chosen here, looked at here, sent when the form is saved. */

import { h, icon, setText } from "../../../core/dom.js";
import { post, Refusal, Unreachable } from "../../../core/http.js";
import { wrong } from "../site/wrong.js";

/** @import { Texts } from "../../../core/texts.js" */

const TYPES = ["image/png", "image/jpeg", "image/webp"];
const MOST_BYTES = 256 * 1024;
const MOST_PIXELS = 1024;

export class LogoField {
  /**
   * @param {Texts} texts
   * @param {string} address where the present logo is; empty: there is none
   * @param {() => void} changed
   */
  constructor(texts, address, changed) {
    this._texts = texts;
    this._address = address;
    this._changed = changed;
    /** @type {File | null} */
    this._chosen = null;
    this._removed = false;
    this._picture = h("img", { class: "portal-logo is-large", alt: texts.t("admin.portals_logo_alt") });
    this._none = h("p", { class: "soft" }, texts.t("admin.portals_logo_none"));
    this._error = h("p", { class: "error", role: "alert" });
    const input = h("input", { type: "file", class: "only-read", accept: TYPES.join(","), tabindex: "-1", "aria-hidden": "true" });
    input.addEventListener("change", () => void this._choose(input));
    this._pick = h("button", { class: "button", type: "button" }, icon("picture"), texts.t("admin.portals_logo_choose"));
    this._pick.addEventListener("click", () => input.click());
    this._drop = h("button", { class: "button", type: "button" }, texts.t("admin.portals_logo_remove"));
    this._drop.addEventListener("click", () => this._remove());
    const legend = h("legend", {}, texts.t("admin.portals_logo"));
    const buttons = h("div", { class: "key-buttons" }, this._pick, input, this._drop);
    const hint = h("p", { class: "hint" }, texts.t("admin.portals_logo_hint"));
    this.element = h("fieldset", { class: "site-boxes" }, legend, this._picture, this._none, buttons, hint, this._error);
    /** Where the picture is that is shown now; empty: none. */
    this.shown = "";
    this._show(address);
  }

  /**
   * Send what was changed; everything else of the portal is saved by then. Throws what the relay
   * or the network says, and says it at the field.
   * @param {string} path
   */
  async save(path) {
    try {
      if (this._chosen) await upload(path, this._chosen);
      else if (this._removed) await post(`${path}/delete`);
      this._chosen = null;
      this._removed = false;
    } catch (failure) {
      setText(this._error, this._texts.t("admin.portals_logo_failed", { why: wrong(this._texts, failure) }));
      this._pick.focus();
      throw failure;
    }
  }

  /** @param {HTMLInputElement} input */
  async _choose(input) {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    const fault = await faultOf(file);
    setText(this._error, fault ? wrong(this._texts, new Refusal({ code: "bad_input", detail: fault })) : "");
    if (fault) return;
    this._chosen = file;
    this._removed = false;
    this._show(URL.createObjectURL(file));
    this._changed();
  }

  _remove() {
    this._chosen = null;
    this._removed = this._address !== "";
    setText(this._error, "");
    this._show("");
    this._changed();
    this._pick.focus();
  }

  /** @param {string} address */
  _show(address) {
    if (this.shown.startsWith("blob:")) URL.revokeObjectURL(this.shown);
    this.shown = address;
    this._picture.hidden = !address;
    this._none.hidden = Boolean(address);
    this._drop.hidden = !address;
    if (address) this._picture.src = address;
  }
}

/**
 * What the relay would refuse, found before anything is sent; it looks again.
 * @param {File} file
 */
async function faultOf(file) {
  if (file.type === "image/svg+xml" || file.name.toLowerCase().endsWith(".svg")) return "logo_svg";
  if (!TYPES.includes(file.type)) return "logo_kind";
  if (file.size > MOST_BYTES) return "logo_large";
  try {
    const { width, height } = await createImageBitmap(file);
    return Math.max(width, height) > MOST_PIXELS ? "logo_pixels" : "";
  } catch {
    return "logo_damaged";
  }
}

/**
 * @param {string} path
 * @param {File} file
 */
async function upload(path, file) {
  const response = await fetch(path, { method: "POST", body: file, credentials: "same-origin" }).catch((error) => {
    throw new Unreachable(String(error));
  });
  if (!response.ok) throw new Refusal(await response.json().catch(() => ({ code: "internal" })));
}
