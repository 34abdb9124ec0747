/** Who waits: for this representative, for their teams, and for everybody; invitations, too. */

import { h, icon, press, reconcile, setText } from "../../core/dom.js";
import { recall, remember } from "../../core/memory.js";
import { ALL, entryKey, follow, ownQueues, parts, queueKey } from "./queue_order.js";
import { Waiter } from "./waiter.js";
import { ownQueueName } from "./words.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */
/** @import { Part, Shown } from "./queue_order.js" */
/** @import { Takes } from "./waiter.js" */

const TICK_MS = 15_000;
const KEPT = "queue filter";

export class Queue {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   * @param {Takes & { calls: () => void }} takes `calls` says how one is called when somebody comes
   * @param {HTMLElement} below what else one may take part in
   */
  constructor(texts, desk, takes, below) {
    this._texts = texts;
    this._desk = desk;
    this._takes = takes;
    /** @type {readonly Shown[]} */
    this._shown = [];
    this._wanted = recall(KEPT) || ALL;
    /** @type {WeakMap<HTMLElement, Waiter>} */
    this._waiters = new WeakMap();
    this._empty = h("p", { class: "queue-empty" });
    this._count = h("span", { class: "soft" });
    this._filter = h("select", { class: "queue-filter", "aria-label": texts.t("queue.filter") });
    this._filter.addEventListener("change", () => this._choose(this._filter.value));
    this._more = press("", () => this._choose(ALL), "plain queue-more");
    this._parts = h("div", {});
    const title = h("h2", {}, texts.t("console.queue"));
    const words = texts.t("attend.title");
    const named = { class: "button plain square queue-bell", type: "button", title: words, "aria-label": words };
    const bell = h("button", { ...named, onclick: () => takes.calls() }, icon("bell"));
    const head = h("div", { class: "queue-head" }, title, this._count, bell, this._filter);
    const all = { class: "desk", "aria-label": texts.t("console.queue") };
    this.element = h("section", all, head, this._empty, this._parts, this._more, below);
    this._parts.addEventListener("pointerleave", () => this.render());
    this._parts.addEventListener("focusout", () => this.render());
    desk.store.subscribe(() => this.render());
    setInterval(() => this.render(), TICK_MS);
  }

  /** Put the keyboard on the first customer that can be taken. */
  focus() {
    const button = this.element.querySelector('.waiter button[aria-disabled="false"]');
    if (button instanceof HTMLButtonElement) button.focus();
  }

  render() {
    const { state } = this._desk.store.value;
    const queue = state?.queue ?? [];
    const aimed = this._parts.matches(":hover, :focus-within");
    this._shown = follow(this._shown, queue, aimed);
    const filter = this._renderFilter();
    const found = parts(this._shown, filter);
    reconcile(this._parts, found, (part, present) => this._drawPart(part, present));
    const hidden = this._shown.length - found.reduce((sum, { rows }) => sum + rows.length, 0);
    this._more.hidden = hidden === 0;
    setText(this._more, hidden ? this._texts.count("queue.more", hidden) : "");
    setText(this._count, queue.length ? String(queue.length) : "");
    this._empty.hidden = found.length > 0 || hidden > 0;
    setText(this._empty, state ? this._texts.t("console.queue_empty") : this._texts.t("link.connecting"));
  }

  /** @param {string} filter */
  _choose(filter) {
    this._wanted = filter;
    remember(KEPT, filter);
    this.render();
    if (filter === ALL) this._filter.focus();
  }

  /** Offer one's queues; the filter that holds now is returned. */
  _renderFilter() {
    const queues = ownQueues(this._desk.store.value.state?.teams ?? []);
    const rows = queues.map((queue) => ({ key: queueKey(queue), name: ownQueueName(this._texts, queue) }));
    const all = { key: ALL, name: this._texts.t("queue.all") };
    reconcile(this._filter, [all, ...rows], ({ key, name }, present) => {
      const option = present ?? h("option", { value: key });
      setText(option, name);
      return option;
    });
    // One may have left the team whose queue was wanted.
    const filter = rows.some(({ key }) => key === this._wanted) ? this._wanted : ALL;
    this._filter.value = filter;
    this._filter.hidden = this._shown.length === 0 && filter === ALL;
    return filter;
  }

  /**
   * @param {Part} part
   * @param {HTMLElement | null} present
   */
  _drawPart({ queue, rows }, present) {
    const element = present ?? h("section", { class: "queue" }, h("h3", {}), h("ul", {}));
    const [title, list] = element.children;
    const name = ownQueueName(this._texts, queue);
    element.setAttribute("aria-label", name);
    if (title) setText(title, name);
    const keyed = rows.map((shown) => ({ key: entryKey(shown.entry), ...shown }));
    if (list instanceof HTMLElement) reconcile(list, keyed, (shown, there) => this._draw(shown, there));
    return element;
  }

  /**
   * @param {Shown} shown
   * @param {HTMLElement | null} present
   */
  _draw(shown, present) {
    const waiter = (present && this._waiters.get(present)) ?? new Waiter(this._texts, this._takes);
    this._waiters.set(waiter.element, waiter);
    waiter.show(shown, this._desk.now());
    return waiter.element;
  }
}
