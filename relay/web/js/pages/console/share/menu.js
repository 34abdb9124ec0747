/** A button with a small menu, also over a picture that fills the screen. */

import { h, icon } from "../../../core/dom.js";

/** @typedef {{ readonly words: string, readonly run: () => void }} Item */

export class Menu {
  /**
   * @param {string} id
   * @param {string} words
   * @param {string} sign
   * @param {readonly Item[]} items
   */
  constructor(id, words, sign, items) {
    const named = { class: "button square", type: "button", title: words, "aria-label": words };
    this.button = h("button", { ...named, "aria-haspopup": "menu", popovertarget: id }, icon(sign));
    this._items = items.map(({ words: name, run }) => {
      const item = h("button", { class: "menu-item", type: "button", role: "menuitem", tabindex: "-1" }, name);
      item.addEventListener("click", () => {
        this._menu.hidePopover();
        run();
      });
      return item;
    });
    const menu = { class: "menu", id, role: "menu", popover: true, "aria-label": words };
    this._menu = h("div", menu, ...this._items);
    this._menu.addEventListener("toggle", () => this._onToggle());
    this._menu.addEventListener("keydown", (event) => this._onKey(event));
    this.element = h("span", { class: "menu-holder" }, this.button, this._menu);
  }

  _onToggle() {
    const open = this._menu.matches(":popover-open");
    this.button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const at = this.button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this._menu;
    this._menu.style.left = `${Math.max(0, Math.min(at.left, innerWidth - width))}px`;
    this._menu.style.top = `${Math.max(0, at.top - height)}px`;
    this._items[0]?.focus();
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
