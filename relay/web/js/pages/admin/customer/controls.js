/** Switches, numbers and addresses of a card. */

import { h, setText } from "../../../core/dom.js";
import { LIMITS } from "../../../protocol_more.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Control } from "./cards.js" */
/** @import { Drafts } from "./drafts.js" */

/**
 * `fault` is what is wrong with what was typed, empty when nothing is; `blame` shows it, or what
 * the relay says, and goes there.
 * @typedef {{ element: HTMLElement, update: () => void, fault: () => string, blame: (words: string) => void }} Field
 */

let number = 0;

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {Control} control
 * @returns {Field}
 */
export function controlField(texts, drafts, control) {
  switch (control.kind) {
    case "switch":
      return switchField(texts, drafts, control);
    case "way":
      return wayField(texts, drafts, control);
    case "url":
      return urlField(texts, drafts, control);
    case "line":
      return lineField(texts, drafts, control);
    default:
      return numberField(texts, drafts, control);
  }
}

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {Control} control
 * @returns {Field}
 */
function switchField(texts, drafts, { rule, label }) {
  const input = h("input", { type: "checkbox" });
  input.addEventListener("change", () => drafts.setRule(rule, input.checked));
  const element = h("label", { class: "switch" }, input, h("span", {}, texts.t(label)));
  const update = () => {
    input.checked = drafts.rule(rule) === true;
  };
  return { element, update, fault: () => "", blame: () => input.focus() };
}

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {Control} control
 * @returns {Field}
 */
function wayField(texts, drafts, control) {
  const select = h("select", { class: "input customer-way" });
  const ways = { choice: "admin.customer_way_choice", chat: "admin.customer_way_chat", client: "admin.customer_way_client" };
  for (const [way, key] of Object.entries(ways)) select.append(h("option", { value: way }, texts.t(key)));
  select.addEventListener("change", () => drafts.setRule(control.rule, select.value));
  const { element, blame } = labelled(texts, control, select, [select]);
  const update = () => {
    select.value = String(drafts.rule(control.rule));
  };
  return { element, update, fault: () => "", blame };
}

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {Control} control
 * @returns {Field}
 */
function urlField(texts, drafts, control) {
  const input = h("input", { class: "input", type: "url", inputmode: "url", autocomplete: "off", placeholder: "https://" });
  input.spellcheck = false;
  input.addEventListener("input", () => drafts.setRule(control.rule, input.value.trim()));
  const { element, blame } = labelled(texts, control, input, [input]);
  const update = () => {
    if (input.value.trim() !== drafts.rule(control.rule)) input.value = String(drafts.rule(control.rule));
    if (!urlFault(texts, input.value.trim())) blame("");
  };
  return { element, update, fault: () => urlFault(texts, input.value.trim()), blame };
}

/**
 * What a page can see of a wrong address; the relay looks closer.
 * @param {Texts} texts
 * @param {string} url
 */
function urlFault(texts, url) {
  if (!url) return "";
  if (!/^https:/i.test(url)) return texts.t("admin.customer_wrong_url_https");
  if (url.length > LIMITS.URL_CHARS) return texts.t("admin.customer_wrong_url_long", { most: LIMITS.URL_CHARS });
  return URL.canParse(url) ? "" : texts.t("admin.customer_wrong_url_shape");
}

/**
 * Patterns of names, with blanks between them; the relay looks whether they can be.
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {Control} control
 * @returns {Field}
 */
function lineField(texts, drafts, control) {
  const input = h("input", { class: "input", type: "text", autocomplete: "off", autocapitalize: "off" });
  input.spellcheck = false;
  input.addEventListener("input", () => drafts.setRule(control.rule, input.value.trim()));
  const { element, blame } = labelled(texts, control, input, [input]);
  let blamed = "";
  const update = () => {
    if (input.value.trim() !== drafts.rule(control.rule)) input.value = String(drafts.rule(control.rule));
    if (input.value !== blamed) blame("");
  };
  /** @param {string} words */
  const keep = (words) => {
    blamed = input.value;
    blame(words);
  };
  return { element, update, fault: () => "", blame: keep };
}

/**
 * A number, of seconds unless it has a unit of its own; with `on`, a box before it switches it.
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {Control} control
 * @returns {Field}
 */
function numberField(texts, drafts, control) {
  const { rule, kind, on, usual = 0, unit: counted = "admin.customer_seconds", range: [least, most] = [0, 0] } = control;
  const off = kind === "every" ? 0 : null;
  const input = h("input", { class: "input", type: "number", min: String(least), max: String(most), step: "1", inputmode: "numeric" });
  const unit = h("span", { class: "soft" }, texts.t(counted));
  const row = h("span", { class: "customer-number" }, input, unit);
  const { element, blame } = labelled(texts, control, row, [input]);
  // What is no number stays in the field, and is drafted as one that cannot be.
  input.addEventListener("input", () => drafts.setRule(rule, input.value === "" ? -1 : Number(input.value)));
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", () => drafts.setRule(rule, box.checked ? usual : off));
  const isOn = () => !on || drafts.rule(rule) !== off;
  const fault = () => {
    const value = drafts.rule(rule);
    const fits = typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
    return !isOn() || fits ? "" : texts.t("admin.customer_wrong_range", { least, most });
  };
  const update = () => {
    const value = drafts.rule(rule);
    box.checked = isOn();
    element.hidden = !isOn();
    const shown = value === -1 || value === null ? "" : String(value);
    if (document.activeElement !== input && input.value !== shown) input.value = shown;
    if (!fault()) blame("");
  };
  if (!on) return { element, update, fault, blame };
  const whole = h("div", { class: "customer-optional" }, h("label", { class: "switch" }, box, h("span", {}, texts.t(on))), element);
  return { element: whole, update, fault, blame };
}

/**
 * A label, a hint and a place for what is wrong around `content`.
 * @param {Texts} texts
 * @param {Control} control
 * @param {HTMLElement} content
 * @param {[HTMLInputElement | HTMLSelectElement]} inputs
 */
function labelled(texts, { label, hint }, content, [input]) {
  input.id = `control-${++number}`;
  const error = h("p", { class: "error", id: `${input.id}-error` });
  const about = hint && h("p", { class: "hint", id: `${input.id}-hint` }, texts.t(hint));
  input.setAttribute("aria-describedby", [error, about || error].map(({ id }) => id).join(" "));
  const element = h("div", { class: "field" }, h("label", { for: input.id }, texts.t(label)), content, error, about || null);
  /** @param {string} words */
  const blame = (words) => {
    setText(error, words);
    input.setAttribute("aria-invalid", String(words !== ""));
    if (words) input.focus();
  };
  return { element, blame };
}
