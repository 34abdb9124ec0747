/** What the customer's program found on the customer's computer, in the representative's words. Pure. */

/** @import { Checks, Hurdle } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/** With one of these nothing of the screen can be shown. @type {readonly Hurdle[]} */
const UNSEEN = ["wayland", "screen_permission", "black"];
/** With one of these remote input does nothing. @type {readonly Hurdle[]} */
const UNTOUCHED = ["wayland", "input_permission", "elevated"];

/**
 * In a few words: whether one can see and control, and why not. `good`: nothing stands in the way.
 * @param {Texts} texts
 * @param {Checks} checks
 * @returns {{ good: boolean, words: string }}
 */
export function stateWords(texts, checks) {
  const others = beside(texts, checks);
  const also = others ? ` · ${others}` : "";
  if (!checks.sees) return { good: false, words: texts.t("desk.check_unseen", { why: why(texts, checks, UNSEEN) }) + also };
  if (!checks.controls) {
    return { good: false, words: texts.t("desk.check_no_control", { why: why(texts, checks, UNTOUCHED) }) + also };
  }
  return { good: true, words: texts.t("desk.check_ready") + also };
}

/**
 * Whether one can see, as a fact.
 * @param {Texts} texts
 * @param {Checks} checks
 */
export function seeWords(texts, checks) {
  return checks.sees ? texts.t("desk.card_can") : texts.t("desk.card_cannot", { why: why(texts, checks, UNSEEN) });
}

/**
 * Whether one can control, as a fact.
 * @param {Texts} texts
 * @param {Checks} checks
 */
export function controlWords(texts, checks) {
  return checks.controls ? texts.t("desk.card_can") : texts.t("desk.card_cannot", { why: why(texts, checks, UNTOUCHED) });
}

/**
 * What else was found; empty: nothing.
 * @param {Texts} texts
 * @param {Checks} checks
 */
export function beside(texts, { problems }) {
  const known = [...UNSEEN, ...UNTOUCHED];
  return problems
    .filter((problem) => !known.includes(problem))
    .map((problem) => texts.t(`desk.check_${problem}`))
    .join(" · ");
}

/**
 * Sizes as one reads them: `1920 × 1080`.
 * @param {Checks} checks
 */
export function monitorWords({ monitors }) {
  return monitors.map((size) => size.replace("x", " × ")).join(", ");
}

/**
 * @param {Texts} texts
 * @param {Checks} checks
 * @param {readonly Hurdle[]} among
 */
function why(texts, { problems }, among) {
  const found = problems.filter((problem) => among.includes(problem));
  return found.map((problem) => texts.t(`desk.check_${problem}`)).join(", ") || texts.t("desk.check_unknown");
}
