/** The open sessions as tabs. A session stays until its tab is closed, also after its end. */

import { h, icon } from "../../core/dom.js";
import { Session } from "./session.js";

/** @import { OpenSession } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Tools } from "./actions.js" */

/**
 * What the page does when sessions change: `unread` counts the lines of all of them, `chosen` was
 * brought to the front, `none` is left; `say` tells readers.
 * @typedef {object} Ears
 * @property {(unread: number) => void} unread
 * @property {() => void} chosen
 * @property {() => void} none
 * @property {(words: string) => void} tell
 * @property {(words: string) => void} say
 * @property {(session: string, name: string) => void} letIn
 */

export class Sessions {
  /**
   * @param {Texts} texts
   * @param {Tools} tools
   * @param {Ears} ears
   */
  constructor(texts, tools, ears) {
    this._texts = texts;
    this._tools = tools;
    this._ears = ears;
    /** @type {Map<string, Session>} */
    this._open = new Map();
    this.current = "";
    /** What the desk named last. @type {ReadonlySet<string>} */
    this._named = new Set();
    /** Closed here while the desk still named them. @type {Set<string>} */
    this._closed = new Set();
    /** How many lines of each were new when that was last looked at. @type {Map<string, number>} */
    this._unread = new Map();
    const tabs = { class: "tabs", role: "tablist", "aria-label": texts.t("console.sessions") };
    this._tabs = h("div", tabs);
    this._tabs.addEventListener("keydown", (event) => this._onKey(event));
    this._panels = h("div", { class: "panels" });
    this._empty = this._makeEmpty();
    this.element = h("main", { class: "work", tabindex: "-1" }, this._tabs, this._panels, this._empty);
    this._render();
  }

  _makeEmpty() {
    const texts = this._texts;
    const title = h("h2", {}, texts.t("console.empty_title"));
    const text = h("p", {}, texts.t("console.empty_text"));
    return h("div", { class: "empty" }, icon("people"), title, text);
  }

  /**
   * What the desk says one is in: open the tabs of these sessions, keeping the ones that are open.
   * @param {readonly OpenSession[]} sessions
   */
  have(sessions) {
    const named = new Set(sessions.map(({ session }) => session));
    for (const id of this._closed) if (!named.has(id)) this._closed.delete(id);
    for (const one of sessions) {
      if (this._closed.has(one.session)) continue;
      this._add(one.session);
      const session = this._open.get(one.session);
      if (!this._named.has(one.session)) session?.revive();
      session?.know(one);
    }
    this._named = named;
    this._render();
  }

  /** Open a session and bring it to the front. @param {string} id */
  open(id) {
    this._closed.delete(id);
    this._add(id);
    this._open.get(id)?.revive();
    this._choose(id);
  }

  /** Bring the session with this place (from 0) to the front. @param {number} place */
  chooseAt(place) {
    const id = [...this._open.keys()][place];
    if (id !== undefined) this._choose(id);
  }

  /** Bring the next session to the front that has something new. */
  chooseUnread() {
    const ids = [...this._open.keys()];
    const at = ids.indexOf(this.current);
    const next = [...ids.slice(at + 1), ...ids.slice(0, at + 1)].find((id) => this._open.get(id)?.unread);
    if (next !== undefined) this._choose(next);
  }

  /** The session at the front. */
  get front() {
    return this._open.get(this.current) ?? null;
  }

  stop() {
    for (const session of this._open.values()) session.stop();
  }

  /** @param {string} id */
  _add(id) {
    if (this._open.has(id)) return;
    const session = new Session(this._texts, id, this._tools, {
      choose: () => this._choose(id),
      close: () => this._close(id),
      changed: () => {
        this._tellNew(id);
        this._count();
      },
      tell: (words) => this._ears.tell(words),
      letIn: (name) => this._ears.letIn(id, name),
    });
    this._open.set(id, session);
    this._tabs.append(session.tab);
    this._panels.append(session.element);
    if (!this.current) this.current = id;
  }

  /** @param {string} id */
  _choose(id) {
    this.current = id;
    this._render();
    this._ears.chosen();
    this.front?.focus();
  }

  /** @param {string} id */
  _close(id) {
    const session = this._open.get(id);
    if (!session) return;
    const held = session.element.contains(document.activeElement) || session.tab === document.activeElement;
    session.stop();
    session.tab.remove();
    session.element.remove();
    this._open.delete(id);
    this._unread.delete(id);
    if (this._named.has(id)) this._closed.add(id);
    if (this.current === id) this.current = [...this._open.keys()].at(-1) ?? "";
    this._render();
    this._count();
    if (held) (this.front?.tab ?? this.element).focus();
    if (!this._open.size) this._ears.none();
  }

  _render() {
    for (const [id, session] of this._open) session.show(id === this.current);
    const none = this._open.size === 0;
    this._tabs.hidden = none;
    this._panels.hidden = none;
    this._empty.hidden = !none;
  }

  /** What comes into a session that one does not look at is said; the log in front says it itself. @param {string} id */
  _tellNew(id) {
    const session = this._open.get(id);
    const count = session?.unread ?? 0;
    const isNew = count > (this._unread.get(id) ?? count);
    this._unread.set(id, count);
    if (session && isNew && id !== this.current) this._ears.say(this._texts.count("console.unread_in", count, { name: session.name }));
  }

  _count() {
    this._ears.unread([...this._open.values()].reduce((sum, session) => sum + session.unread, 0));
  }

  /** The arrow keys move among tabs, as readers expect of a tab list. @param {KeyboardEvent} event */
  _onKey(event) {
    const tabs = [...this._tabs.children];
    const at = tabs.indexOf(/** @type {Element} */ (document.activeElement));
    const places = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const place = places[/** @type {keyof typeof places} */ (event.key)];
    if (at < 0 || place === undefined) return;
    event.preventDefault();
    const next = tabs.at(place % tabs.length);
    this.current = [...this._open.keys()].at(place % tabs.length) ?? this.current;
    this._render();
    if (next instanceof HTMLElement) next.focus();
  }
}
