/** How far somebody is on the way into the program: what is shown, and when to ask again. Pure. */

/** @import { ProgramStep } from "../../protocol.js" */

const FIRST_S = 2;
const MOST_S = 10;
const GROWTH = 1.02;

/** @type {readonly ProgramStep[]} */
const ORDER = ["waiting", "fetched", "joined", "over"];

/**
 * What to show: a relay that was started again has forgotten a download, the page has not.
 * @param {ProgramStep} shown
 * @param {ProgramStep} told
 * @returns {ProgramStep}
 */
export function further(shown, told) {
  return ORDER.indexOf(told) > ORDER.indexOf(shown) ? told : shown;
}

/** Whether nothing more can come. @param {ProgramStep} step */
export function isLast(step) {
  return step === "joined" || step === "over";
}

/**
 * Seconds until question `n` (from 0): often at first, since most are there within minutes, then
 * less and less.
 * @param {number} n
 */
export function pauseS(n) {
  return Math.min(FIRST_S * GROWTH ** n, MOST_S);
}
