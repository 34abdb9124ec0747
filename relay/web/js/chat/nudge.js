/** A representative calls the customer back to the web chat: it moves, rings, and tells that it did. */

import { h, icon } from "../core/dom.js";
import { recall, remember } from "../core/memory.js";

/** @import { NudgeSent, NudgeTold } from "../protocol.js" */
/** @import { Conversation } from "../core/conversation.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** One that comes later than this, after a lost link, does not ring any more. */
const FRESH_MS = 60_000;
const KEPT = "chat sound";
/** What a person does who is back. */
const USES = ["pointerdown", "keydown", "wheel"];

export class Nudge {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {HTMLElement} page what moves
   * @param {(from: string) => void} call further ways to call, with the id of who calls
   */
  constructor(texts, conversation, page, call) {
    this._texts = texts;
    this._conversation = conversation;
    this._page = page;
    this._call = call;
    this._rang = "";
    this._told = "";
    this._sound = new Audio("/static/sounds/nudge.wav");
    this._sound.preload = "none";
    this._muted = recall(KEPT, "localStorage") === "off";
    this.element = h("button", { class: "button plain sound", type: "button", onclick: () => this._mute() });
    this._renderSound();
    page.addEventListener("animationend", ({ target }) => target === page && page.classList.remove("nudged"));
    for (const use of USES) document.addEventListener(use, () => this._used(), { capture: true, passive: true });
    window.addEventListener("focus", () => this._used());
    conversation.store.subscribe((view) => this._changed(view));
  }

  /** @param {View} view */
  _changed(view) {
    const { nudge, mark } = newest(view);
    if (!nudge || view.link.name !== "online" || nudge.id === this._rang) return;
    this._rang = nudge.id;
    if (mark) return;
    if (Date.now() + view.ahead - nudge.at < FRESH_MS) this._ring(nudge);
    this._tell("delivered", nudge.id);
  }

  /** @param {NudgeSent} nudge */
  _ring({ by }) {
    window.focus();
    this._page.classList.remove("nudged");
    // Read, so that a second nudge moves again what has not come to rest.
    void this._page.offsetWidth;
    this._page.classList.add("nudged");
    if (!this._muted) {
      this._sound.currentTime = 0;
      // A browser plays nothing to somebody who has not touched the page yet.
      this._sound.play().catch(() => {});
    }
    this._call(by);
  }

  /** The customer is back at the page, or never left. */
  _used() {
    const view = this._conversation.store.value;
    const { nudge, mark } = newest(view);
    if (!nudge || mark === "seen" || nudge.id === this._told || nudge.id !== this._rang) return;
    this._told = nudge.id;
    this._tell("seen", nudge.id);
  }

  /**
   * @param {NudgeTold["mark"]} mark
   * @param {string} nudge
   */
  _tell(mark, nudge) {
    if (this._conversation.store.value.snapshot?.state !== "active") return;
    this._conversation.ask({ t: "nudge.tell", nudge, mark });
  }

  _mute() {
    this._muted = !this._muted;
    remember(KEPT, this._muted ? "off" : "on", "localStorage");
    if (this._muted) this._sound.pause();
    this._renderSound();
  }

  _renderSound() {
    const words = this._texts.t(this._muted ? "chat.unmute" : "chat.mute");
    this.element.replaceChildren(icon(this._muted ? "mute" : "sound"));
    this.element.title = words;
    this.element.setAttribute("aria-label", words);
  }
}

/**
 * The newest nudge and what became of it.
 * @param {View} view
 * @returns {{ nudge: NudgeSent | null, mark: NudgeTold["mark"] | "" }}
 */
export function newest({ snapshot }) {
  const log = snapshot?.log ?? [];
  const nudge = log.findLast((fact) => fact.t === "nudge.sent");
  if (nudge?.t !== "nudge.sent") return { nudge: null, mark: "" };
  const told = log.findLast((fact) => fact.t === "nudge.told" && fact.id === nudge.id);
  return { nudge, mark: told?.t === "nudge.told" ? told.mark : "" };
}
