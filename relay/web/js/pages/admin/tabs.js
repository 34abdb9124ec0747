/** Tabs, as WAI-ARIA describes them: arrow keys move between them, one at a time is in the tab order. */

import { h } from "../../core/dom.js";

/** @typedef {{ readonly id: string, readonly name: string, readonly content: readonly Node[] }} Panel */

export class Tabs {
  /**
   * @param {string} name
   * @param {string} id
   * @param {readonly Panel[]} panels the first one is shown
   */
  constructor(name, id, panels) {
    this._ids = panels.map((one) => one.id);
    this._tabs = panels.map((one) => {
      const mark = h("span", { class: "tab-mark" });
      const tab = h("button", { class: "tab", type: "button", role: "tab", id: `${id}-${one.id}`, "aria-controls": `${id}-${one.id}-panel` }, one.name, mark);
      tab.addEventListener("click", () => this.show(one.id));
      return tab;
    });
    this._panels = panels.map((one) =>
      h("div", { class: "tab-panel", role: "tabpanel", id: `${id}-${one.id}-panel`, "aria-labelledby": `${id}-${one.id}` }, ...one.content),
    );
    const list = h("div", { class: "tabs", role: "tablist", "aria-label": name }, ...this._tabs);
    list.addEventListener("keydown", (event) => this._move(event));
    this.element = h("div", { class: "tabbed" }, list, ...this._panels);
    this.show(this._ids[0] ?? "");
  }

  /** @param {string} id */
  show(id) {
    const at = this._ids.indexOf(id);
    this._tabs.forEach((tab, place) => {
      tab.setAttribute("aria-selected", String(place === at));
      tab.tabIndex = place === at ? 0 : -1;
    });
    this._panels.forEach((panel, place) => {
      panel.hidden = place !== at;
    });
  }

  /**
   * Mark the tabs of these ids.
   * @param {readonly string[]} ids
   * @param {string} words what the mark means
   */
  mark(ids, words) {
    this._tabs.forEach((tab, place) => {
      const mark = tab.querySelector(".tab-mark");
      const on = ids.includes(this._ids[place] ?? "");
      mark?.replaceChildren(...(on ? [h("span", { class: "only-read" }, `, ${words}`)] : []));
      mark?.classList.toggle("is-on", on);
    });
  }

  /** @param {KeyboardEvent} event */
  _move(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const now = this._tabs.findIndex((tab) => tab.tabIndex === 0);
    const last = this._tabs.length - 1;
    const next = Number.isFinite(step) ? (now + step + last + 1) % (last + 1) : step < 0 ? 0 : last;
    this.show(this._ids[next] ?? "");
    this._tabs[next]?.focus();
  }
}
