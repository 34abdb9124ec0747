/** After the end: the organisation's last word, where one may go on, and the survey. */

import { drawBlocks } from "../core/blocks.js";
import { h, press, setText } from "../core/dom.js";
import { late } from "../core/late.js";
import { recall, remember } from "../core/memory.js";

/** @import { EndReason, SessionEnded, SurveyOffered } from "../protocol.js" */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** How long the address is shown before the page goes there, in seconds. */
const GOES_AFTER_S = 10;

/** Under which this tab notes the end that it has shown: a reload starts nothing again. */
const KEPT = "over";

export class Over {
  /**
   * @param {Texts} texts
   * @param {string} start the portal that the customer came from
   */
  constructor(texts, start) {
    this._texts = texts;
    this._start = start;
    this._shown = "";
    this._timer = 0;
    this.element = h("section", { class: "farewell", hidden: true });
  }

  /**
   * @param {View} view
   * @param {boolean} over also where the relay no longer knows the session
   */
  render({ snapshot, survey }, over) {
    this.element.hidden = !over;
    if (!over) return;
    const ended = snapshot?.log.findLast((fact) => fact.t === "session.ended");
    const shown = `${snapshot?.session} ${survey?.title}`;
    if (this._shown === shown) return;
    this._shown = shown;
    const isNew = recall(KEPT) !== shown;
    remember(KEPT, shown);
    this._show(ended, survey, isNew && !!ended);
  }

  /**
   * @param {SessionEnded | undefined} ended
   * @param {SurveyOffered | null} survey
   * @param {boolean} isNew it has just ended
   */
  _show(ended, survey, isNew) {
    const { _texts: texts } = this;
    const words = ended && wordsFor(ended.reason);
    const title = h("h2", { tabindex: "-1" }, texts.t(words ? `steps.${words}_title` : "session.ended_title"));
    const usual = texts.t(words ? `steps.${words}_text` : "session.ended_text");
    const said = h("div", { class: "farewell-said", role: "status" }, title);
    said.append(drawBlocks(texts, ended?.text || usual), ...(words === "noted" ? this._noted() : []));
    const asked = h("div", "survey-place");
    const home = h("a", { class: "button", href: this._start }, texts.t("page.home"));
    this.element.replaceChildren(said, this._further(ended?.url ?? "", isNew && !survey), asked, home);
    if (isNew) queueMicrotask(() => title.focus());
    if (survey) void ask(texts, survey, ended?.at ?? 0, asked);
  }

  /** How one learns that the problem is solved. */
  _noted() {
    const { notice, email } = JSON.parse(recall("noted") || "{}");
    if (email) return [h("p", {}, this._texts.t("steps.noted_told", { email }))];
    const look = { href: `/notice/${notice}`, target: "_blank", rel: "noopener" };
    return notice ? [h("a", look, this._texts.t("steps.noted_look"))] : [];
  }

  /**
   * Where the organisation sends on: the page goes there by itself, unless that is stopped.
   * @param {string} address
   * @param {boolean} goes
   */
  _further(address, goes) {
    clearInterval(this._timer);
    const { _texts: texts } = this;
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url?.protocol !== "https:") return "";
    const { host, href } = url;
    const go = h("a", { class: "button primary", href }, texts.t("steps.go_on", { host }));
    const buttons = h("div", "dialog-buttons", go);
    const box = h("div", "further", h("p", "address", href), buttons);
    if (!goes) return box;
    const left = h("p", { "aria-live": "off" });
    const stop = press(texts.t("steps.go_on_stop"), () => {
      clearInterval(this._timer);
      stop.remove();
      left.remove();
      go.focus();
    });
    box.prepend(left);
    buttons.prepend(stop);
    let n = GOES_AFTER_S;
    const tick = () => {
      setText(left, texts.count("steps.go_on_soon", n, { host }));
      if (n === 0) clearInterval(this._timer), location.assign(href);
      n -= 1;
    };
    tick();
    this._timer = setInterval(tick, 1000);
    return box;
  }
}

/**
 * What the texts call an end that has words of its own.
 * @param {EndReason} reason
 */
function wordsFor(reason) {
  if (reason === "notice") return "noted";
  return reason === "closed" || reason === "link_lost" ? "" : reason;
}

/**
 * The survey's module is fetched when there is one to answer.
 * @param {Texts} texts
 * @param {SurveyOffered} offered
 * @param {number} at
 * @param {HTMLElement} place
 */
async function ask(texts, offered, at, place) {
  const module = await late(() => import("./survey.js"), import.meta.resolve("./survey.js")).catch(() => null);
  if (module) return place.replaceChildren(new module.Survey(texts, offered, `survey ${at}`).element);
  const again = press(texts.t("steps.survey_again"), () => void ask(texts, offered, at, place));
  place.replaceChildren(h("p", "error", texts.t("page.unreachable")), again);
}
