/** A list to choose one of: each row with what is known about it, or with why it cannot be. */

import { h, reconcile, setText } from "../../core/dom.js";

/**
 * `dot` is the class of the sign before `about`, or empty; `why` says why not, or is empty; rows
 * of one `group` stand together under its name.
 * @typedef {object} Choice
 * @property {string} key
 * @property {string} group
 * @property {string} name
 * @property {string} about
 * @property {string} dot
 * @property {string} why
 */

let lists = 0;

export class Choices {
  /**
   * @param {string} label
   * @param {() => void} changed somebody chose
   */
  constructor(label, changed) {
    this._name = `choice-${++lists}`;
    /** The key of what is chosen, or nothing. */
    this.chosen = "";
    this.element = h("div", { class: "choices", role: "radiogroup", "aria-label": label });
    this.element.addEventListener("change", (event) => {
      if (event.target instanceof HTMLInputElement) this.chosen = event.target.value;
      changed();
    });
  }

  clear() {
    this.chosen = "";
    this.element.replaceChildren();
  }

  /** Put the keyboard on the first that can be chosen. */
  focus() {
    const first = this.element.querySelector("input:enabled");
    if (first instanceof HTMLElement) first.focus();
  }

  /** @param {readonly Choice[]} choices */
  show(choices) {
    if (!choices.some(({ key, why }) => key === this.chosen && !why)) this.chosen = "";
    const rows = choices.flatMap((choice, place) => {
      const first = choice.group && choice.group !== choices[place - 1]?.group;
      const row = { key: `row ${choice.key}`, choice, heading: "" };
      return first ? [{ key: `group ${choice.group}`, choice, heading: choice.group }, row] : [row];
    });
    reconcile(this.element, rows, ({ choice, heading }, present) => {
      if (heading) return present ?? h("p", { class: "choice-group" }, heading);
      return this._draw(choice, present);
    });
  }

  /**
   * @param {Choice} choice
   * @param {HTMLElement | null} present
   */
  _draw({ key, name, about, dot, why }, present) {
    const element = present ?? this._make(key);
    const [input, title, told] = element.children;
    if (input instanceof HTMLInputElement) {
      input.disabled = why !== "";
      input.checked = key === this.chosen;
    }
    if (title) setText(title, name);
    const words = why || about;
    if (told) told.replaceChildren(...(dot ? [h("span", { class: dot })] : []), words);
    return element;
  }

  /** @param {string} key */
  _make(key) {
    const input = h("input", { type: "radio", name: this._name, value: key });
    const name = h("span", { class: "choice-name", dir: "auto" });
    return h("label", { class: "choice" }, input, name, h("span", { class: "state choice-about" }));
  }
}
