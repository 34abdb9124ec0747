/** Parts of the site's forms: choices, fields by language, fields of several lines. */

import { h } from "../../../core/dom.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Way } from "../../../protocol.js" */

export const LANGUAGES = /** @type {const} */ (["en", "de"]);

let number = 0;

/**
 * A field with its label, and a hint under it.
 * @template {HTMLElement} E
 * @param {string} label
 * @param {E} input
 * @param {string} [hint]
 */
export function labelled(label, input, hint = "") {
  input.id ||= `site-${++number}`;
  const element = h("div", { class: "field" }, h("label", { for: input.id }, label), input);
  if (hint) {
    const id = `${input.id}-hint`;
    input.setAttribute("aria-describedby", id);
    element.append(h("p", { class: "hint", id }, hint));
  }
  return element;
}

/**
 * One line of text.
 * @param {string} name
 * @param {string} value
 */
export function line(name, value) {
  const input = h("input", { class: "input", name, autocomplete: "off", dir: "auto" });
  input.value = value;
  return input;
}

/**
 * A fieldset of check boxes; `chosen` reads which are ticked.
 * @param {string} legend
 * @param {readonly { value: string, label: string, note?: string, on: boolean }[]} boxes
 */
export function boxes(legend, boxes) {
  const rows = boxes.map(({ value, label, note, on }) => {
    const input = h("input", { type: "checkbox", value, checked: on });
    const words = h("span", { dir: "auto" }, label);
    return h("label", { class: "switch" }, input, words, note ? h("span", { class: "hint" }, note) : null);
  });
  const element = h("fieldset", { class: "site-boxes is-many" }, h("legend", {}, legend), ...rows);
  const chosen = () => {
    const ticked = /** @type {NodeListOf<HTMLInputElement>} */ (element.querySelectorAll("input:checked"));
    return [...ticked].map((input) => input.value);
  };
  return { element, chosen };
}

/**
 * A fieldset of radio buttons; `chosen` reads which is on.
 * @param {string} legend
 * @param {string} name
 * @param {readonly { value: string, label: string, on: boolean }[]} choices
 */
export function radios(legend, name, choices) {
  const rows = choices.map(({ value, label, on }) => {
    const input = h("input", { type: "radio", name, value, checked: on });
    return h("label", { class: "switch" }, input, h("span", {}, label));
  });
  const element = h("fieldset", { class: "site-boxes" }, h("legend", {}, legend), ...rows);
  const chosen = () => {
    const ticked = /** @type {HTMLInputElement | null} */ (element.querySelector("input:checked"));
    return ticked?.value ?? "";
  };
  return { element, chosen };
}

/**
 * A switch with words, and a hint under them.
 * @param {string} label
 * @param {boolean} on
 * @param {string} [hint]
 */
export function toggle(label, on, hint = "") {
  const input = h("input", { type: "checkbox", checked: on });
  const element = h("label", { class: "switch" }, input, h("span", {}, label), hint ? h("span", { class: "hint" }, hint) : null);
  return { element, input };
}

/** @type {readonly Way[]} */
const WAYS = ["chat", "client", "choice"];

/** @type {Readonly<Record<Way, string>>} */
const WAY_WORDS = {
  chat: "admin.customer_way_chat",
  client: "admin.customer_way_client",
  choice: "admin.customer_way_choice",
};

/**
 * @param {Texts} texts
 * @param {Way} way
 */
export function wayWords(texts, way) {
  return texts.t(WAY_WORDS[way]);
}

/**
 * How customers take part; the first choice is what holds for the whole site.
 * @param {Texts} texts
 * @param {Way | null} value
 * @param {Way} site
 */
export function waySelect(texts, value, site) {
  const select = h("select", { class: "input", name: "way" });
  select.append(new Option(texts.t("admin.teams_way_site", { way: wayWords(texts, site) }), "", value === null, value === null));
  for (const way of WAYS) select.append(new Option(wayWords(texts, way), way, way === value, way === value));
  const chosen = () => /** @type {Way | null} */ (select.value || null);
  return { element: labelled(texts.t("admin.customer_way"), select), chosen };
}

/**
 * The text in the reader's language, else in the first that has one.
 * @param {Texts} texts
 * @param {Readonly<Record<string, string>>} words
 */
export function inLanguage(texts, words) {
  return words[texts.language] || LANGUAGES.map((one) => words[one]).find(Boolean) || "";
}

/**
 * What a language is called, in the reader's.
 * @param {Texts} texts
 * @param {string} language
 */
export function languageName(texts, language) {
  const name = new Intl.DisplayNames([texts.language], { type: "language" }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(texts.language) + name.slice(1);
}
