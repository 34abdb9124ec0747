/** The page tells how far one is: until the program is there, or the code is over. */

import { byId, setText } from "../../core/dom.js";
import { get, Refusal, Unreachable } from "../../core/http.js";
import { further, isLast, pauseS } from "./steps.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { ProgramState, ProgramStep } from "../../protocol.js" */

const ICONS = { waiting: "pending", fetched: "download", joined: "done", over: "alert" };

/** @param {Texts} texts */
export function followSteps(texts) {
  const { code } = byId("program", HTMLElement).dataset;
  if (code === undefined) return;
  const progress = new Progress(texts, code);
  document.addEventListener("visibilitychange", () => progress.ask());
  progress.ask();
}

class Progress {
  /**
   * @param {Texts} texts
   * @param {string} code
   */
  constructor(texts, code) {
    this._texts = texts;
    this._code = code;
    this._asked = 0;
    this._asking = false;
    this._timer = 0;
    /** @type {ProgramStep} */
    this._shown = "waiting";
    this._show("waiting");
  }

  /** Ask now, if there is anything to learn for somebody who looks, and again later. */
  async ask() {
    if (this._asking || isLast(this._shown) || document.visibilityState === "hidden") return;
    this._asking = true;
    clearTimeout(this._timer);
    const least = await this._learn();
    this._asking = false;
    const pause = Math.max(least, pauseS(this._asked++));
    if (!isLast(this._shown)) this._timer = window.setTimeout(() => this.ask(), pause * 1000);
  }

  /** Seconds that the relay wants to be left in peace. */
  async _learn() {
    try {
      /** @type {ProgramState} */
      const { step } = await get(`/api/program/${this._code}`);
      const now = further(this._shown, step);
      if (now !== this._shown) this._show(now);
    } catch (failure) {
      // The page stays as it is; the next round may do better.
      if (failure instanceof Refusal) return failure.retryAfterS;
      if (!(failure instanceof Unreachable)) throw failure;
    }
    return 0;
  }

  /** @param {ProgramStep} step */
  _show(step) {
    this._shown = step;
    byId("program", HTMLElement).dataset.step = step;
    const place = byId("step", HTMLElement);
    // Who only types the code is not waited for with a download.
    place.hidden = step === "waiting" && document.getElementById("get") === null;
    place.className = `progress is-${step}`;
    document.getElementById("step-icon")?.setAttribute("href", `/static/icons/sprite.svg#${ICONS[step]}`);
    setText(byId("step-words", HTMLElement), this._texts.t(`program.step_${step}`));
    byId("again", HTMLElement).hidden = step !== "over";
    // There is nothing to download any more.
    if (isLast(step)) setText(byId("title", HTMLElement), this._texts.t("ways.program_title"));
  }
}
