/** The two clipboards: what the customer copies comes here, text goes there, each if they allow it. */

import { customerName } from "../../../chat/lines.js";
import { explain, h, icon, isEnabled, press, setText } from "../../../core/dom.js";
import { askedBy, heldBy } from "../../../core/sharing.js";
import { LIMITS } from "../../../protocol_more.js";
import { left, reason } from "./standing.js";

/** @import { Conversation } from "../../../core/conversation.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */
/** @import { Standing } from "./standing.js" */

/** @typedef {"copy" | "paste"} Way */
/**
 * @typedef {object} Ears
 * @property {(wanted: Way) => void} ask
 * @property {(text: string) => void} paste
 * @property {(permission: string) => boolean} may
 */

const SECOND = 1000;
/** What a popover takes at most, and its distance from its button, in CSS pixels. */
const WIDTH = 380;
const GAP = 4;

export class ClipboardTool {
  /**
   * @param {Texts} texts
   * @param {string} id of the session, for names within the page
   * @param {Conversation} conversation
   * @param {Ears} ears
   */
  constructor(texts, id, conversation, ears) {
    this._texts = texts;
    this._conversation = conversation;
    this._ears = ears;
    this._timer = 0;
    this._theirs = h("textarea", { class: "input", rows: "3", readonly: true, hidden: true, dir: "auto" });
    this._mine = h("textarea", { class: "input", rows: "3", hidden: true, dir: "auto" });
    this._said = h("p", { class: "soft", role: "status" });
    this._use = press(texts.t("clipboard.use"), () => void this._take(), "primary");
    this._fill = press(texts.t("clipboard.fill"), () => void this._read());
    this._send = press(texts.t("clipboard.send"), () => this._give(), "primary");
    this._ways = {
      copy: this._makeWay("copy", id, this._theirs, this._use),
      paste: this._makeWay("paste", id, this._mine, this._fill, this._send),
    };
    this._mine.addEventListener("input", () => setText(this._said, ""));
    const words = texts.t("clipboard.title");
    const named = { class: "button square", type: "button", title: words, "aria-label": words };
    this._button = h("button", { ...named, "aria-haspopup": "dialog", popovertarget: `clipboard-${id}` }, icon("clipboard"));
    const box = { class: "clipboard-box", id: `clipboard-${id}`, popover: true, role: "dialog", "aria-label": words };
    this._box = h("div", box, this._ways.copy.element, this._ways.paste.element, this._said);
    this._box.addEventListener("beforetoggle", (event) => this._onToggle(event));
    // What is typed here is not meant for the customer's keyboard.
    this._box.addEventListener("keydown", (event) => event.stopPropagation());
    this.element = h("span", { class: "menu-holder" }, this._button, this._box);
  }

  /** What the customer has copied. @param {string} text */
  copied = (text) => {
    this._theirs.value = text;
    this._button.classList.toggle("news", !this._box.matches(":popover-open"));
    setText(this._said, this._texts.t("clipboard.came"));
    // Only where the browser lets a page that is looked at do so; else there is the button.
    if (document.hasFocus()) void this._take();
    this._show();
  };

  /**
   * @param {View} view
   * @param {Standing} standing
   */
  render(view, standing) {
    const now = Date.now() + view.ahead;
    const name = customerName(view, this._texts);
    const { sharing } = view.snapshot ?? {};
    clearTimeout(this._timer);
    if (!sharing) return;
    let ticks = false;
    for (const way of /** @type {const} */ (["copy", "paste"])) {
      const held = heldBy(sharing, view.me, way);
      const asked = askedBy(sharing, view.me, way);
      const part = this._ways[way];
      setText(part.title, this._texts.t(`clipboard.${way}`, { name }));
      const time = held ? left(held, held.lastsS ?? 0, now) : asked ? left(asked, asked.limitS || LIMITS.ASK_S, now) : "";
      const state = held ? (time ? "held_for" : "held") : asked ? "asked" : "none";
      setText(part.state, this._texts.t(`clipboard.${way}_${state}`, { name, time }));
      part.ask.hidden = Boolean(held || asked);
      part.back.hidden = !held && !asked;
      explain(part.ask, reason(this._texts, view, way, this._ears.may, now));
      part.held = Boolean(held);
      ticks ||= time !== "";
    }
    this._show();
    if (!this._ways.copy.held) this._forget();
    if (ticks) this._timer = setTimeout(() => this.render(view, standing), SECOND - (now % SECOND));
  }

  /** No time runs down any longer. */
  stop() {
    clearTimeout(this._timer);
  }

  _show() {
    const { copy, paste } = this._ways;
    this._theirs.hidden = this._use.hidden = !copy.held || !this._theirs.value;
    this._mine.hidden = this._send.hidden = this._fill.hidden = !paste.held;
  }

  /** What was lent goes with the grant. */
  _forget() {
    this._theirs.value = "";
    this._button.classList.remove("news");
  }

  /** The customer's text onto one's own clipboard. */
  async _take() {
    const done = await navigator.clipboard.writeText(this._theirs.value).then(
      () => true,
      () => false,
    );
    setText(this._said, this._texts.t(done ? "clipboard.used" : "clipboard.came"));
  }

  /** One's own clipboard into the field. */
  async _read() {
    const text = await navigator.clipboard.readText().catch(() => null);
    if (text === null) setText(this._said, this._texts.t("clipboard.unread"));
    else this._mine.value = text;
    this._mine.focus();
  }

  _give() {
    const text = this._mine.value.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "");
    if (!text) return setText(this._said, this._texts.t("clipboard.nothing"));
    if (new TextEncoder().encode(text).length > LIMITS.CLIPBOARD_BYTES) {
      return setText(this._said, this._texts.t("clipboard.too_long"));
    }
    this._ears.paste(text);
    this._mine.value = "";
    setText(this._said, this._texts.t("clipboard.sent"));
  }

  /** Above its button, and within the window. @param {ToggleEvent} event */
  _onToggle({ newState }) {
    this._button.classList.remove("news");
    const at = this._button.getBoundingClientRect();
    this._box.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - WIDTH - GAP))}px`;
    this._box.style.bottom = `${innerHeight - at.top + GAP}px`;
    if (newState === "open") setText(this._said, "");
  }

  /**
   * @param {Way} way
   * @param {string} id
   * @param {HTMLElement} field
   * @param {HTMLButtonElement[]} buttons
   */
  _makeWay(way, id, field, ...buttons) {
    const title = h("h3", { id: `clipboard-${way}-${id}` });
    const state = h("p", { class: "soft", role: "status" });
    const ask = press(this._texts.t("clipboard.ask"), () => {
      if (!isEnabled(ask)) return;
      this._box.hidePopover();
      this._ears.ask(way);
    });
    const back = press(this._texts.t("clipboard.back"), () => this._conversation.ask({ t: "grant.return", grant: way }));
    for (const one of [ask, back]) one.setAttribute("aria-describedby", title.id);
    field.setAttribute("aria-labelledby", title.id);
    const row = h("div", { class: "clipboard-acts" }, ask, back, ...buttons);
    const element = h("section", {}, title, state, field, row);
    return { element, title, state, ask, back, held: false };
  }
}
