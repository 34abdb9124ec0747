/** The open sessions as tabs. A session stays until its tab is closed, also after its end. */

import { h, icon } from "../../core/dom.js";
import { Session } from "./session.js";

/** @import { Texts } from "../../core/texts.js" */

export class Sessions {
  /**
   * @param {Texts} texts
   * @param {(unread: number) => void} tell how many lines of all sessions are unread
   * @param {() => void} chosen a session was brought to the front
   */
  constructor(texts, tell, chosen) {
    this._texts = texts;
    this._tell = tell;
    this._chosen = chosen;
    /** @type {Map<string, Session>} */
    this._open = new Map();
    this.current = "";
    /** Closed by hand; the desk may name them once more before it knows. @type {Set<string>} */
    this._closed = new Set();
    const tabs = { class: "tabs", role: "tablist", "aria-label": texts.t("console.sessions") };
    this._tabs = h("div", tabs);
    this._tabs.addEventListener("keydown", (event) => this._onKey(event));
    this._panels = h("div", { class: "panels" });
    this._empty = this._makeEmpty();
    this.element = h("main", { class: "work" }, this._tabs, this._panels, this._empty);
    this._render();
  }

  _makeEmpty() {
    const texts = this._texts;
    const title = h("h2", {}, texts.t("console.empty_title"));
    const text = h("p", {}, texts.t("console.empty_text"));
    return h("div", { class: "empty" }, icon("people"), title, text);
  }

  /**
   * Open the tabs of these sessions, keeping the ones that are open.
   * @param {readonly string[]} sessions
   */
  have(sessions) {
    for (const id of sessions) if (!this._closed.has(id)) this._add(id);
    this._render();
  }

  /** Open a session and bring it to the front. @param {string} id */
  open(id) {
    this._closed.delete(id);
    this._add(id);
    this._choose(id);
  }

  /** Bring the session with this place (from 0) to the front. @param {number} place */
  chooseAt(place) {
    const id = [...this._open.keys()][place];
    if (id !== undefined) this._choose(id);
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
    const session = new Session(this._texts, id, {
      choose: () => this._choose(id),
      close: () => this._close(id),
      changed: () => this._count(),
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
    this._chosen();
    this.front?.focus();
  }

  /** @param {string} id */
  _close(id) {
    const session = this._open.get(id);
    session?.stop();
    session?.tab.remove();
    session?.element.remove();
    this._open.delete(id);
    this._closed.add(id);
    this.current = [...this._open.keys()].at(-1) ?? "";
    this._render();
    this._count();
    this.front?.tab.focus();
  }

  _render() {
    for (const [id, session] of this._open) session.show(id === this.current);
    const none = this._open.size === 0;
    this._tabs.hidden = none;
    this._panels.hidden = none;
    this._empty.hidden = !none;
  }

  _count() {
    this._tell([...this._open.values()].reduce((sum, session) => sum + session.unread, 0));
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
