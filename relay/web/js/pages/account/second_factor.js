/** The second factor: set up, its recovery codes, turned off. */

import { h, icon, setText } from "../../core/dom.js";
import { post } from "../../core/http.js";
import { copyButton, field, opened, openForm } from "../admin/dialog.js";
import { tell } from "../admin/toast.js";
import { why } from "../admin/why.js";
import { qrPicture } from "../console/qr.js";
import { card } from "./card.js";

/** @import { AccountState, RecoveryCodes, SecondFactorConfirm, SecondFactorOff, SecondFactorOffer } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

const PATH = "/api/account/second-factor";

/**
 * @param {Texts} texts
 * @param {AccountState} state
 * @param {() => void} changed
 */
export function secondFactorCard(texts, state, changed) {
  const on = state.secondFactor;
  const words = texts.t(on ? "account.second_on" : "account.second_off");
  const look = h("p", { class: on ? "is-good account-state" : "is-off account-state" }, icon(on ? "lock" : "alert"), h("span", {}, words));
  const left = h("p", { class: "soft", hidden: !on }, texts.count("account.second_left", state.recoveryCodes));
  const button = h("button", { class: on ? "button" : "button primary", type: "button" });
  button.append(texts.t(on ? "account.second_turn_off" : "account.second_set_up"));
  button.addEventListener("click", () => (on ? turnOff(texts, state, changed) : setUp(texts, changed)));
  return card(texts.t("account.second"), look, left, h("div", {}, button));
}

/**
 * @param {Texts} texts
 * @param {() => void} changed
 */
async function setUp(texts, changed) {
  try {
    const offer = await post(PATH);
    confirmOffer(texts, offer, changed);
  } catch (failure) {
    tell(why(texts, failure));
  }
}

/**
 * @param {Texts} texts
 * @param {SecondFactorOffer} offer
 * @param {() => void} changed
 */
function confirmOffer(texts, { secret, qr }, changed) {
  const error = h("p", { class: "error", role: "alert" });
  const text = h("input", { class: "input second-secret", readonly: true, value: secret });
  const copy = copyButton(texts, texts.t("account.second_copy"), secret.replaceAll(" ", ""), (words) => setText(error, words));
  const picture = h("div", { class: "second-picture" }, qrPicture(qr, texts.t("account.second_qr")));
  const about = h("p", {}, texts.t("account.second_scan"));
  openForm(texts, {
    title: texts.t("account.second_set_up_title"),
    parts: [about, picture, field(texts.t("account.second_secret"), text), h("div", {}, copy), error, field(texts.t("account.second_code"), codeInput("numeric"))],
    yes: texts.t("account.second_confirm"),
    /** @returns {Promise<RecoveryCodes>} */
    save: (data) => post(`${PATH}/confirm`, /** @satisfies {SecondFactorConfirm} */ ({ code: String(data.get("code")) })),
    done: (codes) => {
      changed();
      showCodes(texts, codes);
    },
  });
}

/**
 * @param {Texts} texts
 * @param {RecoveryCodes} made
 */
function showCodes(texts, { codes }) {
  const dialog = opened(texts, texts.t("account.second_codes_title"));
  const error = h("p", { class: "error", role: "alert" });
  const list = h("ol", { class: "second-codes", "aria-label": texts.t("account.second_codes") });
  list.append(...codes.map((code) => h("li", {}, code)));
  const copy = copyButton(texts, texts.t("account.second_copy_codes"), codes.join("\n"), (words) => setText(error, words));
  const kept = h("button", { class: "button primary", type: "button" }, texts.t("account.second_kept"));
  kept.addEventListener("click", () => dialog.close());
  dialog.append(h("p", {}, texts.t("account.second_codes_text")), list, error, h("div", { class: "dialog-buttons" }, copy, kept));
  dialog.showModal();
}

/**
 * @param {Texts} texts
 * @param {AccountState} state
 * @param {() => void} changed
 */
function turnOff(texts, { hasPassword }, changed) {
  const password = h("input", { class: "input", type: "password", name: "password", required: true, maxlength: "256", autocomplete: "current-password" });
  const asked = hasPassword ? [field(texts.t("account.password_old"), password)] : [];
  openForm(texts, {
    title: texts.t("account.second_turn_off_title"),
    parts: [h("p", {}, texts.t("account.second_turn_off_text")), ...asked, field(texts.t("account.second_code"), codeInput("text"), texts.t("account.code_hint"))],
    yes: texts.t("account.second_turn_off_yes"),
    save: (data) => {
      const text = (/** @type {string} */ name) => String(data.get(name) ?? "");
      return post(`${PATH}/off`, /** @satisfies {SecondFactorOff} */ ({ password: text("password"), code: text("code") }));
    },
    done: changed,
  });
}

/** @param {"numeric" | "text"} inputmode recovery codes have letters */
function codeInput(inputmode) {
  const input = h("input", { class: "input", name: "code", required: true, maxlength: "40", inputmode, autocomplete: "one-time-code" });
  input.spellcheck = false;
  return input;
}
