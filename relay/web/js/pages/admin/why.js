/** What to tell a person about a refused change, more exactly than its code alone does. */

import { Refusal, sentence } from "../../core/http.js";

/** @import { Texts } from "../../core/texts.js" */

/** @type {Readonly<Record<string, string>>} By the detail of the refusal. */
const WORDS = {
  code_wrong: "account.wrong.code",
  password_wrong: "account.wrong.password",
  second_factor_on: "account.wrong.second_on",
  last_administrator: "admin.wrong.last_administrator",
  role_in_use: "admin.role_in_use",
  not_yours: "admin.role_not_held",
};

/**
 * @param {Texts} texts
 * @param {unknown} failure
 */
export function why(texts, failure) {
  const key = failure instanceof Refusal ? WORDS[failure.detail] : undefined;
  return key === undefined ? sentence(texts, failure) : texts.t(key);
}
