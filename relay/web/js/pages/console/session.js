/** One session in the console: its tab, its conversation, and what is known about the customer. */

import { fileEvent } from "../../chat/files/lines.js";
import { customerName, nameOf } from "../../chat/lines.js";
import { Pane } from "../../chat/pane.js";
import { Conversation } from "../../core/conversation.js";
import { h, icon, press, setText } from "../../core/dom.js";
import { applyAll } from "../../core/sharing.js";
import { customer, unread } from "../../core/view.js";
import { LEGAL } from "../../protocol_more.js";
import { Actions } from "./actions.js";
import { Beside } from "./beside.js";
import { valuesOf } from "./canned/fill.js";
import { CannedPicker } from "./canned/picker.js";
import { ending } from "./ending.js";
import { FilesPanel } from "./files/panel.js";
import { shareEvent } from "./share/lines.js";
import { SharePanel } from "./share/panel.js";
import { SessionHead } from "./session_head.js";
import { Side } from "./side.js";

/** @import { OpenSession } from "../../protocol.js" */
/** @import { Tell } from "../../chat/lines.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Tools } from "./actions.js" */
/** @import { Ending } from "./ending.js" */

/**
 * What the page does around a session: bring it to the front, close its tab, count what is unread,
 * say something, let the customer's program in once more.
 * @typedef {object} Acts
 * @property {() => void} choose
 * @property {() => void} close
 * @property {() => void} changed
 * @property {(words: string) => void} tell
 * @property {(name: string) => void} letIn
 */

export class Session {
  /**
   * @param {Texts} texts
   * @param {string} id
   * @param {Tools} tools
   * @param {Acts} acts
   */
  constructor(texts, id, tools, acts) {
    this._texts = texts;
    this._acts = acts;
    this._knocks = false;
    /** @type {OpenSession | null} */
    this._open = null;
    /** @type {View["refusal"]} */
    this._refusal = null;
    this.conversation = new Conversation({
      ...{ door: "session", role: "representative", session: id, drawer: sessionStorage },
      law: applyAll,
      legal: LEGAL.session,
      show: (message) => this.screen.hear(message),
    });
    this.screen = new SharePanel(texts, id, this.conversation, tools);
    this.pane = new Pane(texts, this.conversation, logEvent);
    this._canned = new CannedPicker(texts, id, this.pane.entry, tools.canned, () => this._reader());
    this.files = new FilesPanel(texts, this.conversation, tools, acts.tell);
    this.side = new Side(texts, this.conversation, tools.desk);
    this.actions = new Actions(texts, this.conversation, tools);
    this._tabName = h("span", { class: "tab-name", dir: "auto" });
    this._tabMarks = h("span", { class: "state" });
    this.tab = this._makeTab(id);
    this._head = new SessionHead(texts, tools.desk, this.actions.element);
    this._knock = this._makeKnock();
    this._words = h("p", { role: "status" });
    this._held = h("p", { class: "session-held state", role: "status", hidden: true });
    this._done = this._makeDone();
    const talk = h("div", { class: "session-talk" }, this._knock, this._held, this.pane.element, this._done);
    const panel = { class: "session", role: "tabpanel", id: `session-${id}`, hidden: true };
    this._beside = new Beside(texts, id);
    const { element: files } = this.files;
    const parts = [this._head.element, this.screen.element, this._beside.element, talk, this.side.element, files];
    this.element = h("section", { ...panel, "aria-labelledby": `tab-${id}` }, ...parts);
    this._beside.follow(this.element, talk, this.side.element, files);
    this.files.show(this.element, this.pane);
    this._forget = tools.desk.store.subscribe(() => this._render(this.conversation.store.value));
    this.conversation.store.subscribe((view) => this._render(view));
    this.conversation.start();
  }

  /** Who reads what is written here. */
  _reader() {
    const values = valuesOf(this.conversation.store.value, this._open);
    return { values, language: this._open?.language ?? "" };
  }

  /** @param {string} id */
  _makeTab(id) {
    const linked = { id: `tab-${id}`, "aria-controls": `session-${id}`, "aria-selected": "false" };
    const tab = { class: "tab", type: "button", role: "tab", tabindex: "-1", ...linked };
    const element = h("button", tab, this._tabName, this._tabMarks);
    element.addEventListener("click", () => this._acts.choose());
    return element;
  }

  _makeDone() {
    const close = press(this._texts.t("console.close"), () => this._acts.close(), "primary");
    return h("div", { class: "session-done", hidden: true }, this._words, close);
  }

  _makeKnock() {
    const words = h("p", { class: "state" }, icon("alert", "small"), h("span", {}));
    const letIn = press(this._texts.t("queue.let_in"), () => {
      this._acts.letIn(customerName(this.conversation.store.value, this._texts));
    });
    return h("div", { class: "session-knock", role: "status", hidden: true }, words, letIn);
  }

  /** What the desk knows of it. @param {OpenSession} open */
  know(open) {
    const { knocks } = open;
    this._open = open;
    this._head.time(this.conversation.store.value, open);
    if (knocks === this._knocks) return;
    this._knocks = knocks;
    this._render(this.conversation.store.value);
  }

  /**
   * Whether it shows; a session that does not is still connected and counts what comes.
   * @param {boolean} on
   */
  show(on) {
    this.element.hidden = !on;
    this.tab.setAttribute("aria-selected", String(on));
    this.tab.tabIndex = on ? 0 : -1;
  }

  /** What its customer is called. */
  get name() {
    return customerName(this.conversation.store.value, this._texts);
  }

  get unread() {
    return unread(this.conversation.store.value);
  }

  focus() {
    this._beside.show("talk");
    this.pane.entry.input.focus();
  }

  /** To the canned messages. */
  openCanned() {
    if (this.pane.entry.element.hidden) return;
    this.focus();
    this._canned.open();
  }

  /** To the notes. */
  focusNotes() {
    this._beside.show("side");
    this.side.focus();
  }

  /** To the files. */
  focusFiles() {
    this._beside.show("files");
    this.files.focus();
  }

  /** The customer has come back to one who had kept the tab. */
  revive() {
    const { link } = this.conversation.store.value;
    if (link.name === "closed" && link.why === "gone") this.conversation.start();
  }

  stop() {
    this._forget();
    this._canned.stop();
    this._head.stop();
    this.screen.stop();
    this.files.stop();
    this.conversation.stop();
  }

  /** Whether something was written here that nobody has got. */
  get hasUnsent() {
    const { pending } = this.conversation.store.value;
    const written = this.pane.entry.input.value + this.side.entry.input.value;
    return written.trim() !== "" || pending.some(({ request }) => "text" in request);
  }

  /** @param {View} view */
  _render(view) {
    const texts = this._texts;
    const name = customerName(view, texts);
    const over = ending(texts, view);
    this._head.render(view, name, over !== null);
    this._head.time(view, this._open);
    this._renderTab(view, name, over);
    this._renderKnock(name, over);
    this._renderHeld(view, name, over);
    this.element.classList.toggle("sharing", this.screen.isOpen);
    this.screen.element.hidden = over !== null;
    this._beside.count(unread(view), over ? 0 : this.files.waiting);
    this._beside.isShared = this.screen.isOpen;
    this.actions.element.hidden = over !== null;
    this._done.hidden = over === null;
    setText(this._words, over?.words ?? "");
    this.actions.render(view);
    this._acts.changed();
    if (view.refusal !== this._refusal) this._refused(view);
    // Not before the relay has closed it: a customer who came back is here again in a moment.
    if (over?.kind === "passed" && view.link.name === "closed") this._passed(over);
  }

  /** Nobody needs a tab without a session, unless words would be lost with it. @param {Ending} over */
  _passed({ words }) {
    if (this.hasUnsent) return;
    this._acts.tell(words);
    this._acts.close();
  }

  /** @param {View} view */
  _refused({ refusal }) {
    this._refusal = refusal;
    if (!refusal) return;
    const why = this._texts.t(`error.${refusal.code}`, { detail: refusal.detail });
    this._acts.tell(this._texts.t("desk.refused", { why }));
  }

  /**
   * @param {string} name
   * @param {Ending | null} over
   */
  _renderKnock(name, over) {
    const [words, letIn] = this._knock.children;
    this._knock.hidden = !this._knocks || over !== null;
    if (words?.lastElementChild) setText(words.lastElementChild, this._texts.t("desk.knocks", { name }));
    letIn?.setAttribute("aria-label", this._texts.t("queue.let_in_name", { name }));
  }

  /**
   * @param {View} view
   * @param {string} name
   * @param {Ending | null} over
   */
  _renderHeld(view, name, over) {
    const holder = over === null ? (view.snapshot?.holder ?? "") : "";
    this._held.hidden = !holder;
    if (this._held.dataset.holder === holder) return;
    this._held.dataset.holder = holder;
    const own = holder === view.me;
    const words = this._texts.t(own ? "desk.held_you" : "desk.held_by", { name: own ? name : nameOf(view, this._texts, holder) });
    this._held.replaceChildren(...(holder ? [icon("hold", "small"), words] : []));
  }

  /**
   * @param {View} view
   * @param {string} name
   * @param {Ending | null} over
   */
  _renderTab(view, name, over) {
    const texts = this._texts;
    const ended = over?.kind === "ended";
    const present = view.present.has(customer(view)?.id ?? "");
    const count = unread(view);
    const marks = [];
    if (ended) marks.push(icon("done", "small"), read(texts.t("session.ended_title")));
    else if (over) marks.push(icon("alert", "small"), read(over.words));
    else if (view.snapshot && !present) marks.push(icon("away", "small"), read(texts.t("page.offline")));
    if (this._knocks && !over) marks.push(icon("alert", "small"), read(texts.t("queue.knocks")));
    if (count) {
      const badge = h("span", { class: "badge", "aria-hidden": "true" }, String(count));
      marks.push(badge, read(texts.count("console.unread", count)));
    }
    setText(this._tabName, name);
    this._tabMarks.replaceChildren(...marks);
  }
}

/**
 * What the log says beside chat lines: of files, of the screen, of everything else.
 * @type {Tell}
 */
function logEvent(fact, view, texts) {
  return fileEvent(fact, view, texts) || shareEvent(fact, view, texts);
}

/** Words for readers beside a sign. @param {string} words */
function read(words) {
  return h("span", { class: "only-read" }, words);
}
