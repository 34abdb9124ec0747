/** The customer's screen within a session: the picture, what is said of it, and what can be done. */

import { confirm } from "../../../chat/confirm.js";
import { customerName } from "../../../chat/lines.js";
import { h } from "../../../core/dom.js";
import { Cursor } from "../../../screen/cursor.js";
import { Hands } from "../../../screen/hands.js";
import { Marks } from "../../../screen/marks.js";
import { Stage } from "../../../screen/stage.js";
import { Viewer } from "../../../screen/viewer.js";
import { listed } from "../words.js";
import { Bar } from "./bar.js";
import { ClipboardTool } from "./clipboard.js";
import { Over } from "./over.js";
import { standing } from "./standing.js";
import { Tools } from "./tools.js";

/** @import { Conversation } from "../../../core/conversation.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */
/** @import { Bytes } from "../../../screen/channel.js" */
/** @import { ScreenView } from "../../../screen/viewer.js" */
/** @import { Desk } from "../desk.js" */
/** @import { AskDialog } from "./ask_dialog.js" */
/** @import { Standing, Wanted } from "./standing.js" */

/** Keys that only a picture in full screen can have; Escape stays the way out. */
const LOCKED = ["AltLeft", "AltRight", "ControlLeft", "F11", "KeyN", "KeyT", "KeyW", "MetaLeft", "MetaRight", "Tab"];

export class SharePanel {
  /**
   * @param {Texts} texts
   * @param {string} id
   * @param {Conversation} conversation
   * @param {{ desk: Desk, asking: AskDialog }} tools
   */
  constructor(texts, id, conversation, { desk, asking }) {
    this._texts = texts;
    this._conversation = conversation;
    /** @type {Standing | null} */
    this._standing = null;
    this._isOpen = false;
    this._look = "";
    /** @type {ScreenView["refused"]} */
    this._refused = null;
    this._canvas = h("canvas", { class: "screen-picture", width: "1", height: "1" });
    this._cursor = new Cursor();
    this._marks = new Marks();
    /** @param {Wanted} wanted */
    const ask = (wanted) => asking.open(conversation, wanted);
    const may = desk.may.bind(desk);
    this._clipboard = new ClipboardTool(texts, id, conversation, { ask, may, paste: (text) => this.viewer.paste(text) });
    const { copied } = this._clipboard;
    this.viewer = new Viewer(this._canvas, this._cursor, { send: (message) => conversation.sendBytes(message), copied });
    this._sheet = h("div", { class: "screen-sheet" }, this._canvas, this._marks.element, this._cursor.element);
    this._hands = this._makeHands();
    this._sheet.append(this._hands.keyboard.element);
    this._sheet.addEventListener("click", (event) => this._onClick(event));
    const frame = { class: "screen-frame", tabindex: "0", role: "region", "aria-label": texts.t("screen.label") };
    this._frame = h("div", frame, this._sheet);
    this._over = new Over(texts);
    this._view = h("div", { class: "screen-view", hidden: true }, this._frame, this._over.element);
    this._bar = new Bar(texts, conversation, desk, { ask, stop: () => void this._stop() });
    this._tools = this._makeTools(id);
    this._tools.element.append(this._clipboard.element);
    const bar = h("div", { class: "share-bar" }, this._bar.words, this._bar.acts, this._tools.element);
    const named = { class: "session-screen", "aria-label": texts.t("console.share") };
    this.element = h("section", named, this._view, bar);
    this._tools.element.hidden = true;
    const { element: marks } = this._marks;
    this._stage = new Stage(this._frame, this._sheet, this._canvas, marks, this._cursor, {
      changed: () => this._render(),
      shown: () => this._render(),
    });
    this._listen(desk);
  }

  _makeHands() {
    const words = { label: this._texts.t("screen.label"), description: this._texts.t("screen.leave_how") };
    return new Hands(this._sheet, words, {
      drawn: () => this.viewer.store.value.drawn,
      at: (x, y) => this._stage.at(x, y),
      send: (batch) => this.viewer.input(batch),
      leave: () => this._bar.words.focus(),
      focused: () => this._render(),
    });
  }

  /** @param {string} id */
  _makeTools(id) {
    return new Tools(this._texts, id, {
      monitor: (monitor) => this.viewer.wish({ t: "monitor", id: monitor }),
      size: (size) => this._stage.show(size),
      zoom: (way) => this._stage.zoom(way),
      full: () => void this.toggleFull(),
      point: (on) => {
        this._tools.points = on;
        this._render();
      },
      special: (special) => {
        this._hands.special(special);
        this._hands.focus();
      },
      tap: (code) => {
        this._hands.tap(code);
        this._hands.focus();
      },
    });
  }

  /** @param {Desk} desk */
  _listen(desk) {
    this._ends = new AbortController();
    const { signal } = this._ends;
    document.addEventListener("visibilitychange", () => this._render(), { signal });
    this.element.addEventListener("fullscreenchange", () => this._onFull());
    this._forget = desk.store.subscribe(() => this._render());
    this._conversation.store.subscribe(() => this._render());
    this.viewer.store.subscribe((screen) => this._onScreen(screen));
  }

  /** Most often there is but a newer frame of the same size, and nothing to do. @param {ScreenView} screen */
  _onScreen(screen) {
    const { drawn, ...rest } = screen;
    const look = JSON.stringify([rest, drawn > 0, this._canvas.width, this._canvas.height]);
    if (look === this._look && screen.refused === this._refused) return;
    this._look = look;
    this._refused = screen.refused;
    this._render();
  }

  /** Whether there is a picture to show, or will be in a moment. */
  get isOpen() {
    return this._isOpen;
  }

  /** A message of the channel. @param {Bytes} message */
  hear(message) {
    this.viewer.hear(message);
  }

  /** To the picture, or to what can be asked. */
  focus() {
    if (!this._isOpen) this._bar.words.focus();
    else if (this._hands.isAllowed) this._hands.focus();
    else this._frame.focus();
  }

  /** Ask the customer, if that can be done now. @param {"see" | "control"} wanted */
  ask(wanted) {
    this._bar.press(wanted);
  }

  /** The tab is closed. */
  stop() {
    this._ends?.abort();
    this._forget?.();
    this._hands.allow(false);
    this._bar.stop();
    this._clipboard.stop();
    this.viewer.follow(null, 0);
  }

  async toggleFull() {
    if (document.fullscreenElement) return document.exitFullscreen();
    // A browser that does not want it leaves the picture as it is.
    if (this._isOpen) await this.element.requestFullscreen().catch(() => {});
  }

  _onFull() {
    const full = document.fullscreenElement === this.element;
    const keyboard = /** @type {any} */ (navigator).keyboard;
    // Where the browser has no such thing, or refuses, it keeps those keys; the menu sends them.
    if (full) keyboard?.lock?.(LOCKED)?.catch(() => {});
    else keyboard?.unlock?.();
    this._render();
  }

  _render() {
    const view = this._conversation.store.value;
    const now = standing(view, this._texts);
    this._standing = now;
    if (!now || !this._ends) return;
    this._open(now.sees !== null && now.state !== "off");
    const isSeen = document.visibilityState === "visible" && this._stage.isShown;
    const start = view.link.name === "online" && isSeen ? now.start : null;
    // While it can still be said: what is pressed goes up.
    if (!start) this._hands.allow(false);
    this.viewer.follow(start, now.me);
    const screen = this.viewer.store.value;
    if (!screen.drawn) this._marks.clear();
    this._stage.place();
    const controls = now.controls !== null && screen.drawn > 0;
    const drives = controls && !this._tools.points;
    this._hands.allow(drives);
    this._frame.tabIndex = drives ? -1 : 0;
    const looks = { drives, points: screen.drawn > 0 && !drives };
    for (const [name, on] of Object.entries(looks)) this._sheet.classList.toggle(name, on);
    this._over.render(view, now, screen);
    this._bar.render(view, now, this._hint(view, now, drives));
    this._clipboard.render(view, now);
    const full = document.fullscreenElement === this.element;
    this._tools.render(screen.layout, controls, this._stage.size, this._stage.percent, full);
  }

  /** @param {boolean} on */
  _open(on) {
    if (on === this._isOpen) return;
    this._isOpen = on;
    const held = this._view.contains(document.activeElement);
    this._view.hidden = this._tools.element.hidden = !on;
    if (on) return;
    this._tools.points = false;
    if (held) this._bar.rest();
    if (document.fullscreenElement === this.element) void document.exitFullscreen();
  }

  /**
   * What a click does.
   * @param {View} view
   * @param {Standing} now
   * @param {boolean} drives
   */
  _hint(view, now, drives) {
    if (!now.start || !this.viewer.store.value.drawn) return "";
    if (!drives) return this._texts.t("screen.hint_point", { name: customerName(view, this._texts) });
    return this._texts.t(this._hands.hasFocus ? "screen.hint_leave" : "screen.hint_click");
  }

  /** Look here. @param {MouseEvent} event */
  _onClick({ clientX, clientY }) {
    const { layout } = this.viewer;
    if (this._hands.isAllowed || !this.viewer.store.value.drawn || layout === null) return;
    const at = this._stage.at(clientX, clientY);
    const number = this._marks.set({ width: this._canvas.width, height: this._canvas.height }, at);
    this.viewer.wish({ t: "point", layout, number, ...at });
  }

  /** End the share for everybody; when others see it too, after a question. */
  async _stop() {
    const others = this._standing?.others ?? [];
    const names = listed(this._texts, others);
    const sure =
      !others.length ||
      (await confirm({
        title: this._texts.t("console.share_stop_title"),
        text: this._texts.t("console.share_stop_text", { names }),
        yes: this._texts.t("console.share_stop"),
        no: this._texts.t("console.share_stop_keep"),
      }));
    if (sure) this._conversation.ask({ t: "share.stop" });
  }
}
