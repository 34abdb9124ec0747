/** A canned message made ready for one session. Pure. */

import { customer } from "../../../core/view.js";
import { filled } from "../../admin/customer/words.js";

/** @import { OpenSession } from "../../../protocol.js" */
/** @import { View } from "../../../core/view.js" */

/** What turns the letters around it has no place within a sentence. */
const TURN = /[\u202a-\u202e\u2066-\u2069]/g;
const MACRO = /%(CUSTOMER|REP|SITE|ISSUE)%/g;

/** @typedef {Readonly<Record<"CUSTOMER" | "REP" | "SITE" | "ISSUE", string>>} Values */

/**
 * What the macros stand for; empty where nobody knows.
 * @param {View} view
 * @param {OpenSession | null} open
 * @returns {Values}
 */
export function valuesOf(view, open) {
  const me = view.snapshot?.participants.find(({ id }) => id === view.me);
  return {
    CUSTOMER: plain(customer(view)?.name ?? ""),
    REP: plain(me?.name ?? ""),
    SITE: plain(open?.site ?? ""),
    ISSUE: plain(open?.issue ?? ""),
  };
}

/**
 * The text with its macros filled in, and where the first stood that has no value (-1: none): there
 * somebody has to write on.
 * @param {string} text
 * @param {Values} values
 */
export function ready(text, values) {
  const empty = [...text.matchAll(MACRO)].find(([, name]) => !values[/** @type {keyof Values} */ (name)]);
  const gap = empty ? filled(text.slice(0, empty.index), values).length : -1;
  return { text: filled(text, values), gap };
}

/** @param {string} name */
function plain(name) {
  return name.replace(TURN, "").trim();
}
