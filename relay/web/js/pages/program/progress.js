/** The page tells how far one is: until the program is there, or the code is over. */

import { byId, setText } from "../../core/dom.js";
import { get, Refusal, Unreachable } from "../../core/http.js";
import { further, isLast, pauseS } from "./steps.js";

/** @import { Texts } from "../../core/texts.js" */
/** @import { ProgramState, ProgramStep } from "../../protocol.js" */

const ICONS = { waiting: "pending", fetched: "download", joined: "done", over: "alert" };

/** @param {Texts} texts */
export function followSteps(texts) {
  const card = byId("program", HTMLElement);
  const code = card.dataset.code;
  if (code === undefined) return;
  const canFetch = document.getElementById("get") !== null;
  /** @type {ProgramStep} */
  let shown = "waiting";
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let asking = false;

  /** @param {ProgramStep} step */
  function show(step) {
    shown = step;
    card.dataset.step = step;
    const place = byId("step", HTMLElement);
    // Who types the code into a program that is there already is not waited for with a download.
    place.hidden = !canFetch && step === "waiting";
    place.className = `progress is-${step}`;
    document.getElementById("step-icon")?.setAttribute("href", `/static/icons/sprite.svg#${ICONS[step]}`);
    setText(byId("step-words", HTMLElement), texts.t(`program.step_${step}`));
    byId("again", HTMLElement).hidden = step !== "over";
    // There is nothing to download any more.
    if (isLast(step)) setText(byId("title", HTMLElement), texts.t("ways.program_title"));
  }

  async function ask() {
    if (asking || isLast(shown) || document.visibilityState === "hidden") return;
    asking = true;
    clearTimeout(timer);
    let pause = pauseS(asked++);
    try {
      /** @type {ProgramState} */
      const state = await get(`/api/program/${code}`);
      const step = further(shown, state.step);
      if (step !== shown) show(step);
    } catch (failure) {
      // The page stays as it is; the next round may do better.
      if (!(failure instanceof Unreachable || failure instanceof Refusal)) throw failure;
      if (failure instanceof Refusal) pause = Math.max(pause, failure.retryAfterS);
    } finally {
      asking = false;
    }
    if (!isLast(shown)) timer = setTimeout(ask, pause * 1000);
  }

  show(shown);
  document.addEventListener("visibilitychange", ask);
  ask();
}
