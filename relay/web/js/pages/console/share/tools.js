/** What one can do with the picture: which monitor, how large, full screen, special keys. */

import { h, icon, setText } from "../../../core/dom.js";
import { SIZES } from "../../../screen/geometry.js";
import { Menu } from "./menu.js";

/** @import { Layout, Special } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { Size } from "../../../screen/geometry.js" */

/**
 * @typedef {object} Ears
 * @property {(monitor: number) => void} monitor
 * @property {(size: Size) => void} size
 * @property {(way: 1 | -1) => void} zoom
 * @property {() => void} full
 * @property {(on: boolean) => void} point
 * @property {(special: Special) => void} special
 * @property {(code: string) => void} tap
 */

/** Each with the key that a browser keeps for itself. @type {readonly Special[]} */
const SPECIALS = ["ctrl_alt_del", "alt_tab", "alt_f4", "meta", "print_screen"];

export class Tools {
  /**
   * @param {Texts} texts
   * @param {string} id of the session, for names within the page
   * @param {Ears} ears
   */
  constructor(texts, id, ears) {
    this._texts = texts;
    this._monitors = h("select", { class: "select", "aria-label": texts.t("screen.monitors") });
    this._monitors.addEventListener("change", () => ears.monitor(Number(this._monitors.value)));
    this._known = "";
    this._size = h("select", { class: "select", "aria-label": texts.t("screen.size") });
    this._size.addEventListener("change", () => {
      ears.size(this._size.value === "fit" ? "fit" : Number(this._size.value));
    });
    this._point = square(texts.t("screen.point"), "point", () => ears.point(!this.points));
    this._point.setAttribute("aria-pressed", "false");
    this._full = square(texts.t("screen.full"), "full", ears.full);
    this._keys = new Menu(`keys-${id}`, texts.t("screen.keys"), "keyboard", [
      ...SPECIALS.map((special) => ({ words: texts.t(`screen.key_${special}`), run: () => ears.special(special) })),
      { words: texts.t("screen.key_escape"), run: () => ears.tap("Escape") },
    ]);
    const zoom = h(
      "span",
      { class: "tool-group" },
      square(texts.t("screen.smaller"), "minus", () => ears.zoom(-1)),
      this._size,
      square(texts.t("screen.larger"), "add", () => ears.zoom(1)),
    );
    const named = { class: "screen-tools", role: "toolbar", "aria-label": texts.t("screen.tools") };
    this.element = h("div", named, this._monitors, zoom, this._point, this._keys.element, this._full);
  }

  /** Whether clicks point instead of acting. */
  get points() {
    return this._point.getAttribute("aria-pressed") === "true";
  }

  set points(on) {
    this._point.setAttribute("aria-pressed", String(on));
  }

  /**
   * @param {Layout | null} layout
   * @param {boolean} controls
   * @param {Size} size
   * @param {number} percent
   * @param {boolean} full
   */
  render(layout, controls, size, percent, full) {
    this._renderMonitors(layout);
    this._renderSize(size, percent);
    this._point.hidden = this._keys.element.hidden = !controls;
    const words = this._texts.t(full ? "screen.full_leave" : "screen.full");
    if (this._full.title !== words) {
      this._full.title = words;
      this._full.setAttribute("aria-label", words);
    }
  }

  /** One monitor needs no choice. @param {Layout | null} layout */
  _renderMonitors(layout) {
    const monitors = layout?.monitors ?? [];
    this._monitors.hidden = monitors.length < 2;
    const known = JSON.stringify(monitors);
    if (known !== this._known) {
      this._known = known;
      const all = h("option", { value: "0" }, this._texts.t("screen.monitors_all"));
      const each = monitors.map(({ id, name, width, height }, at) => {
        const words = { n: at + 1, name, width, height };
        const key = name ? "screen.monitor" : "screen.monitor_unnamed";
        return h("option", { value: String(id) }, this._texts.t(key, words));
      });
      this._monitors.replaceChildren(all, ...each);
    }
    this._monitors.value = String(layout?.shown ?? 0);
  }

  /**
   * @param {Size} size
   * @param {number} percent
   */
  _renderSize(size, percent) {
    if (!this._size.options.length) {
      const sizes = SIZES.map((one) => h("option", { value: String(one) }, percentWords(this._texts, one)));
      this._size.append(h("option", { value: "fit" }), ...sizes);
    }
    const [fit] = this._size.options;
    if (fit) setText(fit, this._texts.t("screen.fit", { percent }));
    this._size.value = String(size);
  }
}

/**
 * @param {Texts} texts
 * @param {number} percent
 */
function percentWords(texts, percent) {
  return percent === 100 ? texts.t("screen.one_to_one") : texts.t("screen.percent", { percent });
}

/**
 * @param {string} words
 * @param {string} sign
 * @param {() => void} onclick
 */
function square(words, sign, onclick) {
  const named = { class: "button square", type: "button", title: words, "aria-label": words, onclick };
  return h("button", named, icon(sign));
}
