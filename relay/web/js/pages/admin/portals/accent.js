/** The colour of a portal: picked or typed, and whether it can be read. */

import { h, icon, setText } from "../../../core/dom.js";
import { get } from "../../../core/http.js";
import { labelled, line, toggle } from "../site/fields.js";
import { wrong } from "../site/wrong.js";

/** @import { AccentCheck } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

const COLOUR = /^#[0-9a-f]{6}$/i;
const FIRST = "#1f6feb";
const SETTLED_MS = 150;

export class AccentField {
  /**
   * @param {Texts} texts
   * @param {string} value `#rrggbb`, or empty
   * @param {() => void} changed called whenever the look is another
   */
  constructor(texts, value, changed) {
    this._texts = texts;
    this._changed = changed;
    this._asked = 0;
    this._timer = 0;
    /** What the colour leads to. @type {AccentCheck | null} */
    this.look = null;
    const own = toggle(texts.t("admin.portals_accent_own"), value !== "");
    this._own = own.input;
    this._picker = h("input", { type: "color", class: "colour", "aria-label": texts.t("admin.portals_accent_pick") });
    this._code = line("accent", value || FIRST);
    this._code.spellcheck = false;
    this._code.maxLength = 7;
    this._picker.value = this._code.value;
    this._light = h("p", { class: "accent-says" });
    this._dark = h("p", { class: "accent-says" });
    this._take = h("button", { class: "button", type: "button", hidden: true });
    const code = labelled(texts.t("admin.portals_accent_code"), this._code);
    const fields = h("div", { class: "accent-fields" }, this._picker, code);
    const says = h("div", { role: "status" }, this._light, this._dark);
    this._inner = h("div", { class: "sheet-group" }, fields, says, this._take);
    this.element = h("fieldset", { class: "site-boxes" }, h("legend", {}, texts.t("admin.portals_accent")), own.element, this._inner);
    this._listen();
  }

  /** The colour as it is written now; empty where the portal has none of its own. */
  get value() {
    return this._own.checked ? this._code.value.trim() : "";
  }

  /** Ask what the colour leads to. Throws what `get` throws. */
  async check() {
    this._inner.hidden = !this._own.checked;
    const colour = this.value;
    const wellFormed = colour === "" || COLOUR.test(colour);
    this._code.setAttribute("aria-invalid", String(!wellFormed));
    if (!wellFormed) return;
    const asked = ++this._asked;
    const look = /** @type {AccentCheck} */ (await get(`/api/accent?colour=${encodeURIComponent(colour)}`));
    if (asked !== this._asked) return;
    this.look = look;
    this._speak(look);
    this._changed();
  }

  _listen() {
    const soon = () => {
      window.clearTimeout(this._timer);
      const check = () => this.check().catch((failure) => mark(this._light, false, wrong(this._texts, failure)));
      this._timer = window.setTimeout(check, SETTLED_MS);
    };
    this._picker.addEventListener("input", () => {
      this._code.value = this._picker.value;
      soon();
    });
    this._code.addEventListener("input", () => {
      if (COLOUR.test(this.value)) this._picker.value = this.value;
      soon();
    });
    this._own.addEventListener("change", soon);
    this._take.addEventListener("click", () => {
      this._code.value = this._picker.value = this.look?.nearest.toLowerCase() ?? FIRST;
      this._code.focus();
      soon();
    });
  }

  /** @param {AccentCheck} look */
  _speak({ light, dark, nearest }) {
    const texts = this._texts;
    const said = texts.t(light.asChosen ? "admin.portals_accent_good" : "admin.portals_accent_bad", { colour: nearest });
    mark(this._light, light.asChosen, said);
    const shade = texts.t(dark.asChosen ? "admin.portals_accent_dark_good" : "admin.portals_accent_dark", { colour: dark.accent });
    mark(this._dark, true, shade);
    this._take.hidden = light.asChosen;
    setText(this._take, texts.t("admin.portals_accent_take", { colour: nearest }));
  }
}

/**
 * @param {HTMLElement} line
 * @param {boolean} good
 * @param {string} words
 */
function mark(line, good, words) {
  line.className = `accent-says ${good ? "is-good" : "is-off"}`;
  line.replaceChildren(icon(good ? "done" : "alert", "small"), h("span", {}, words));
}
