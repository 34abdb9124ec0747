/** Change one's password, or set the first one. */

import { h, setText } from "../../core/dom.js";
import { post, Refusal } from "../../core/http.js";
import { field } from "../admin/dialog.js";
import { tell } from "../admin/toast.js";
import { why } from "../admin/why.js";
import { blame } from "../form.js";
import { card } from "./card.js";

/** @import { AccountState, PasswordChange } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {AccountState} state
 * @param {() => void} changed
 */
export function passwordCard(texts, { hasPassword, name }, changed) {
  const user = h("input", { hidden: true, autocomplete: "username", value: name });
  const old = input("old", "current-password");
  const fresh = input("new", "new-password");
  const error = h("p", { class: "error", role: "alert" });
  const go = h("button", { class: "button primary" }, texts.t(hasPassword ? "account.password_change" : "account.password_set"));
  const form = h("form", { class: "admin-form" }, user, ...(hasPassword ? [field(texts.t("account.password_old"), old)] : []));
  form.append(field(texts.t("account.password_new"), fresh, texts.t("account.password_hint")), error, h("div", {}, go));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    setText(error, "");
    /** @type {PasswordChange} */
    const wish = { old: old.value, new: fresh.value };
    try {
      await post("/api/account/password", wish);
      tell(texts.t("account.password_done"));
      changed();
    } catch (failure) {
      go.disabled = false;
      setText(error, why(texts, failure));
      blame(form, failure instanceof Refusal ? failure.field : "");
    }
  });
  const about = texts.t(hasPassword ? "account.password_text" : "account.password_none");
  return card(texts.t("account.password"), h("p", { class: "soft" }, about), form);
}

/**
 * @param {string} name
 * @param {string} autocomplete
 */
function input(name, autocomplete) {
  return h("input", { class: "input", type: "password", name, required: true, maxlength: "256", autocomplete });
}
