/** Who waits: for this representative, and for everybody. */

import { explain, h, icon, isEnabled, reconcile, setText } from "../../core/dom.js";
import { follow } from "./queue_order.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Shown } from "./queue_order.js" */

const MINUTE = 60_000;
const TICK_MS = 15_000;

export class Queue {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   * @param {(session: string) => void} accept
   */
  constructor(texts, desk, accept) {
    this._texts = texts;
    this._desk = desk;
    this._accept = accept;
    /** @type {readonly Shown[]} */
    this._shown = [];
    this._own = h("ul", {});
    this._general = h("ul", {});
    this._empty = h("p", { class: "queue-empty" });
    this._count = h("span", {});
    const all = { class: "desk", "aria-label": texts.t("console.queue") };
    const head = h("div", { class: "queue-head" }, h("h2", {}, texts.t("console.queue")), this._count);
    const first = h("section", { class: "queue" }, head, this._empty);
    this._ownPart = part(texts.t("console.queue_own"), this._own);
    this._generalPart = part(texts.t("console.queue_general"), this._general);
    this.element = h("section", all, first, this._ownPart, this._generalPart);
    this.element.addEventListener("pointerleave", () => this.render());
    this.element.addEventListener("focusout", () => this.render());
    desk.store.subscribe(() => this.render());
    setInterval(() => this.render(), TICK_MS);
  }

  /** Put the keyboard on the first customer that can be taken. */
  focus() {
    const button = this.element.querySelector("button");
    if (button instanceof HTMLButtonElement) button.focus();
  }

  render() {
    const { state } = this._desk.store.value;
    const queue = state?.queue ?? [];
    const aimed = this.element.matches(":hover, :focus-within");
    this._shown = follow(this._shown, queue, aimed);
    this._list(this._ownPart, this._own, true);
    this._list(this._generalPart, this._general, false);
    setText(this._count, queue.length ? String(queue.length) : "");
    this._empty.hidden = this._shown.length > 0;
    setText(this._empty, state ? this._texts.t("console.queue_empty") : this._texts.t("link.connecting"));
  }

  /**
   * @param {HTMLElement} section
   * @param {HTMLElement} list
   * @param {boolean} own
   */
  _list(section, list, own) {
    const rows = this._shown.filter(({ entry }) => entry.own === own);
    section.hidden = rows.length === 0;
    const keyed = rows.map((shown) => ({ key: shown.entry.session, ...shown }));
    reconcile(list, keyed, (shown, present) => this._draw(shown, present));
  }

  /**
   * @param {Shown} shown
   * @param {HTMLElement | null} present
   */
  _draw({ entry, gone }, present) {
    const texts = this._texts;
    const name = entry.customer || texts.t("person.customer");
    const element = present ?? this._make(entry.session);
    element.classList.toggle("gone", gone);
    const [title, facts, button] = element.children;
    if (title) setText(title, name);
    facts?.replaceChildren(...this._facts({ entry, gone }));
    if (button instanceof HTMLButtonElement) {
      button.setAttribute("aria-label", texts.t("console.accept_name", { name }));
      explain(button, gone ? texts.t("console.waiter_gone") : "");
    }
    return element;
  }

  /** @param {string} session */
  _make(session) {
    const button = h("button", { class: "button primary", type: "button" });
    button.append(this._texts.t("console.accept"));
    button.addEventListener("click", () => {
      if (isEnabled(button)) this._accept(session);
    });
    const facts = h("div", { class: "waiter-facts" });
    return h("li", { class: "waiter" }, h("div", { class: "waiter-name" }), facts, button);
  }

  /** @param {Shown} shown */
  _facts({ entry, gone }) {
    const texts = this._texts;
    if (gone) return [h("span", {}, texts.t("console.waiter_gone"))];
    const minutes = Math.floor((this._desk.now() - entry.since) / MINUTE);
    const waits = minutes < 1 ? texts.t("console.waits_new") : texts.count("console.waits", minutes);
    const there = entry.present
      ? h("span", { class: "state" }, h("span", { class: "dot good" }), texts.t("console.present"))
      : h("span", { class: "state" }, icon("away", "small"), texts.t("page.offline"));
    const system = entry.system || texts.t("console.door_chat");
    return [h("span", {}, waits), there, h("span", {}, system)];
  }
}

/**
 * @param {string} title
 * @param {HTMLElement} list
 */
function part(title, list) {
  const head = h("div", { class: "queue-head" }, h("h3", {}, title));
  return h("section", { class: "queue", hidden: true, "aria-label": title }, head, list);
}
