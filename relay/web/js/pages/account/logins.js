/** Where one is signed in, and the way out of everywhere. */

import { confirm } from "../../chat/confirm.js";
import { h, icon } from "../../core/dom.js";
import { post } from "../../core/http.js";
import { tell } from "../admin/toast.js";
import { when } from "../admin/when.js";
import { why } from "../admin/why.js";
import { card } from "./card.js";

/** @import { AccountState, LoginRow } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {AccountState} state
 */
export function loginsCard(texts, { logins, now }) {
  const rows = logins.map((one) => row(texts, one, now));
  const everywhere = h("button", { class: "button", type: "button" }, icon("leave"), texts.t("account.sign_out_everywhere"));
  everywhere.addEventListener("click", () => signOut(texts));
  const about = h("p", { class: "soft" }, texts.t("account.logins_text"));
  return card(texts.t("account.logins"), about, h("ul", { class: "logins" }, ...rows), h("div", {}, everywhere));
}

/**
 * @param {Texts} texts
 * @param {LoginRow} login
 * @param {number} now
 */
function row(texts, { createdAt, usedAt, current }, now) {
  const words = texts.t(current ? "account.login_here" : "account.login_other");
  const times = { since: when(texts, createdAt, now), used: when(texts, usedAt, now) };
  const about = h("span", { class: "soft" }, texts.t("account.login_times", times));
  return h("li", {}, icon("screen"), h("span", {}, h("strong", {}, words), about));
}

/** @param {Texts} texts */
async function signOut(texts) {
  const sure = await confirm({
    title: texts.t("account.sign_out_everywhere_title"),
    text: texts.t("account.sign_out_everywhere_text"),
    yes: texts.t("account.sign_out_everywhere"),
    no: texts.t("admin.person_cancel"),
  });
  if (!sure) return;
  try {
    await post("/api/account/sign-out-everywhere");
    sessionStorage.clear();
    location.replace("/login");
  } catch (failure) {
    tell(why(texts, failure));
  }
}
