/** How one stands with the customer's screen, in words, and what can be done, as buttons. */

import { customerName } from "../../../chat/lines.js";
import { explain, h, icon, isEnabled, press, setText } from "../../../core/dom.js";
import { LIMITS } from "../../../protocol_more.js";
import { listed } from "../words.js";
import { lastWord, left, reason } from "./standing.js";

/** @import { Grant } from "../../../protocol.js" */
/** @import { Conversation } from "../../../core/conversation.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { View } from "../../../core/view.js" */
/** @import { Desk } from "../desk.js" */
/** @import { ShareAct, Standing } from "./standing.js" */

/** @typedef {{ ask: (wanted: "see" | "control") => void, stop: () => void }} Ears */

const SECOND = 1000;

/** Who has stopped typing for so long is not in the middle of a word. */
const QUIET_MS = 2000;

export class Bar {
  /**
   * @param {Texts} texts
   * @param {Conversation} conversation
   * @param {Desk} desk
   * @param {Ears} ears
   */
  constructor(texts, conversation, desk, ears) {
    this._texts = texts;
    this._desk = desk;
    this._timer = 0;
    this._main = h("span", {});
    this._sign = h("span", { class: "share-sign" }, icon("screen", "small"));
    const state = h("p", { class: "state share-state", role: "status" }, this._sign, this._main);
    this._control = fact("mouse");
    this._others = fact("people");
    this._last = h("p", { class: "soft", role: "status" });
    this._hint = h("p", { class: "soft" });
    this._questions = /** @type {const} */ (["view", "control"]).map((grant) => this._makeQuestion(conversation, grant));
    const questions = this._questions.map(({ element }) => element);
    const lines = [state, this._control, this._others, ...questions, this._hint, this._last];
    this.words = h("div", { class: "share-words", tabindex: "-1" }, ...lines);
    this.words.addEventListener("keydown", (event) => this._onKey(event));
    this._quietUntil = 0;
    /** @type {Map<ShareAct, HTMLButtonElement>} */
    this._acts = new Map([
      ["see", press(texts.t("console.share_see"), () => this._run("see", () => ears.ask("see")))],
      ["control", press(texts.t("console.share_control"), () => this._run("control", () => ears.ask("control")))],
      ["return", press(texts.t("console.share_return"), () => this._run("return", () => giveBack(conversation, "control")))],
      ["stop", press(texts.t("console.share_stop"), () => this._run("stop", ears.stop))],
    ]);
    const named = { class: "share-acts", role: "group", "aria-label": texts.t("console.share_acts") };
    this.acts = h("div", named, ...this._acts.values());
  }

  /**
   * Do it, if it can be done now.
   * @param {"see" | "control"} act
   */
  press(act) {
    this._acts.get(act)?.click();
  }

  /**
   * @param {View} view
   * @param {Standing} standing
   * @param {string} hint
   */
  render(view, standing, hint) {
    const texts = this._texts;
    const now = Date.now() + view.ahead;
    const name = customerName(view, texts);
    setText(this._main, this._state(view, standing, name));
    this._sign.parentElement?.classList.toggle("shows", standing.start !== null);
    tell(this._control, standing.controls && this._controls(standing, now));
    tell(this._others, this._alsoThere(standing));
    const limits = [standing.asksToSee, standing.asksForControl];
    this._questions.forEach(({ element, words }, at) => {
      const asked = limits[at];
      element.hidden = !asked;
      const time = asked ? left(asked, asked.limitS || LIMITS.ASK_S, now) : "";
      setText(words, asked ? texts.t(`console.share_open_${asked.grant}`, { name, time }) : "");
    });
    setText(this._hint, hint);
    const idle = !standing.start && !standing.asksToSee && !standing.asksForControl;
    setText(this._last, idle || standing.state === "on" ? this._ended(view, standing) : "");
    this._renderActs(view, standing, now);
    clearTimeout(this._timer);
    if (ticks(standing) || this._waitsToAsk(view, now)) {
      this._timer = setTimeout(() => this.render(view, standing, hint), SECOND - (now % SECOND));
    }
  }

  /** The focus comes here from the picture, perhaps in the middle of a word. */
  rest() {
    this._quietUntil = performance.now() + QUIET_MS;
    this.words.focus();
  }

  /** What was meant for the customer must not be taken for keys of the console. @param {KeyboardEvent} event */
  _onKey(event) {
    if (performance.now() >= this._quietUntil) return;
    this._quietUntil = performance.now() + QUIET_MS;
    if (event.key !== "Tab") event.stopPropagation();
  }

  /** No time runs down any longer. */
  stop() {
    clearTimeout(this._timer);
  }

  /**
   * Why there is no picture any longer, or control.
   * @param {View} view
   * @param {Standing} standing
   */
  _ended(view, standing) {
    return standing.sees && standing.controls ? "" : lastWord(this._texts, view);
  }

  /**
   * @param {View} view
   * @param {Standing} standing
   * @param {number} now
   */
  _renderActs(view, standing, now) {
    const shared = standing.state !== "off";
    /** @type {Partial<Record<ShareAct, unknown>>} */
    const hidden = { see: standing.sees, control: standing.controls, return: !standing.controls, stop: !shared };
    for (const [act, button] of this._acts) {
      button.hidden = Boolean(hidden[act]);
      explain(button, reason(this._texts, view, act, (one) => this._desk.may(one), now));
    }
  }

  /**
   * @param {ShareAct} act
   * @param {() => void} run
   */
  _run(act, run) {
    const button = this._acts.get(act);
    if (button && !button.hidden && isEnabled(button)) run();
  }

  /**
   * @param {View} view
   * @param {Standing} standing
   * @param {string} name
   */
  _state(view, { sees, state }, name) {
    const texts = this._texts;
    if (!sees) return texts.t("console.share_unseen", { name });
    if (state === "off") return texts.t("console.share_soon", { name });
    if (state === "paused") return texts.t(`screen.paused_${view.snapshot?.sharing.why ?? "customer"}`, { name });
    return texts.t(`console.share_${view.snapshot?.sharing.scope ?? "all"}`);
  }

  /**
   * @param {Standing} standing
   * @param {number} now
   */
  _controls({ controls }, now) {
    const time = controls ? left(controls, controls.lastsS ?? 0, now) : "";
    return time ? this._texts.t("console.share_controls_for", { time }) : this._texts.t("console.share_controls");
  }

  /** @param {Standing} standing */
  _alsoThere({ others, driver }) {
    if (driver) return this._texts.t("console.share_driver", { name: driver });
    const names = listed(this._texts, others);
    if (!others.length) return "";
    return this._texts.t(others.length === 1 ? "console.share_other" : "console.share_others", { names });
  }

  /**
   * @param {View} view
   * @param {number} now
   */
  _waitsToAsk(view, now) {
    const may = () => true;
    const later = now + 60_000;
    return /** @type {const} */ (["see", "control"]).some(
      (act) => reason(this._texts, view, act, may, now) !== reason(this._texts, view, act, may, later),
    );
  }

  /**
   * A question that is open, with its way back.
   * @param {Conversation} conversation
   * @param {Grant} grant
   */
  _makeQuestion(conversation, grant) {
    const words = h("span", {});
    const withdraw = press(this._texts.t("console.share_withdraw"), () => giveBack(conversation, grant));
    withdraw.setAttribute("aria-label", this._texts.t(`console.share_withdraw_${grant}`));
    const element = h("p", { class: "state share-question", hidden: true }, icon("pending", "small"), words, withdraw);
    return { element, words };
  }
}

/**
 * @param {Conversation} conversation
 * @param {Grant} grant
 */
function giveBack(conversation, grant) {
  conversation.ask({ t: "grant.return", grant });
}

/** @param {string} sign */
function fact(sign) {
  return h("p", { class: "state", hidden: true }, icon(sign, "small"), h("span", {}));
}

/**
 * @param {HTMLElement} line
 * @param {string | null | false} words
 */
function tell(line, words) {
  line.hidden = !words;
  if (line.lastChild) setText(line.lastChild, words || "");
}

/** Whether a time runs down. @param {Standing} standing */
function ticks({ asksToSee, asksForControl, controls }) {
  return Boolean(asksToSee || asksForControl || controls?.lastsS);
}
