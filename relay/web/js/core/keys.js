/** Session keys as in `protocol/keys.py`: digits and Damm's check digit. */

import { KEY_DIGITS } from "../protocol.js";
import { DAMM } from "../protocol_more.js";

/** The digits in what a person typed or pasted. @param {string} typed */
export function normalise(typed) {
  return typed.replace(/[^0-9]/g, "");
}

/** Whether `key` (normalised) has its full length. @param {string} key */
export function isComplete(key) {
  return key.length === KEY_DIGITS + 1;
}

/** Whether `key` (normalised) has its full length and a right check digit. @param {string} key */
export function isRight(key) {
  return isComplete(key) && checkDigit(key) === "0";
}

/** The digit that makes `digits` a number with a right check. @param {string} digits */
export function checkDigit(digits) {
  let interim = 0;
  for (const digit of digits) interim = Number(DAMM[interim]?.[Number(digit)]);
  return String(interim);
}

/** The key as people see and say it: `1234-5678`. @param {string} key */
export function shown(key) {
  return `${key.slice(0, 4)}-${key.slice(4)}`;
}
