/** A button with a small menu, also over a picture that fills the screen. */

import { h, icon } from "../../../core/dom.js";

/** @typedef {{ readonly words: string, readonly run: () => void }} Item */

/** What a menu takes at most, and its distance from its button, in CSS pixels. */
const WIDTH = 260;
const GAP = 4;

export class Menu {
  /**
   * @param {string} id
   * @param {string} words
   * @param {string} sign
   * @param {readonly Item[]} items
   */
  constructor(id, words, sign, items) {
    const button = { class: "button square", type: "button", title: words, "aria-label": words };
    this.button = h("button", { ...button, "aria-haspopup": "menu", popovertarget: id }, icon(sign));
    this._items = items.map(({ words: name, run }, at) => {
      const named = { class: "menu-item", type: "button", role: "menuitem", tabindex: "-1" };
      const item = h("button", { ...named, autofocus: at === 0 }, name);
      item.addEventListener("click", () => {
        this._menu.hidePopover();
        run();
      });
      return item;
    });
    const menu = { class: "menu", id, role: "menu", popover: true, "aria-label": words };
    this._menu = h("div", menu, ...this._items);
    this._menu.addEventListener("beforetoggle", (event) => this._onToggle(event));
    this._menu.addEventListener("keydown", (event) => this._onKey(event));
    this.element = h("span", { class: "menu-holder" }, this.button, this._menu);
  }

  /** Above its button, and within the window. @param {ToggleEvent} event */
  _onToggle({ newState }) {
    this.button.setAttribute("aria-expanded", String(newState === "open"));
    const at = this.button.getBoundingClientRect();
    this._menu.style.left = `${Math.max(0, Math.min(at.left, innerWidth - WIDTH))}px`;
    this._menu.style.bottom = `${innerHeight - at.top + GAP}px`;
  }

  /** @param {KeyboardEvent} event */
  _onKey(event) {
    event.stopPropagation();
    const at = this._items.findIndex((item) => item === document.activeElement);
    const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const place = places[/** @type {keyof typeof places} */ (event.key)];
    if (event.key === "Tab") this._menu.hidePopover();
    if (place === undefined) return;
    event.preventDefault();
    this._items.at(place % this._items.length)?.focus();
  }
}
