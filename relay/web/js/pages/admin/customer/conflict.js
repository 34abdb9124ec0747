/** Two people saved the same: both are shown, and the person decides what holds. */

import { h } from "../../../core/dom.js";
import { languageName } from "../trial.js";
import { opened } from "../dialog.js";
import { when } from "../when.js";
import { CARDS, textsOf } from "./cards.js";
import { keyOf } from "./drafts.js";
import { drawDifference } from "./marked.js";

/** @import { CustomerState, OwnText } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { RuleName } from "./cards.js" */
/** @import { Drafts, RuleValue, Scope } from "./drafts.js" */

/** What was decided. @typedef {{ texts: Record<string, string | null>, rules: Partial<Record<RuleName, RuleValue>> }} Decided */

/**
 * Ask about everything in `torn`; null when the person decides later.
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {CustomerState} state what stands now
 * @param {Scope} torn
 * @returns {Promise<Decided | null>}
 */
export function decide(texts, drafts, state, torn) {
  const dialog = opened(texts, texts.t("admin.customer_conflict"));
  dialog.classList.add("customer-dialog");
  /** @type {Decided} */
  const decided = { texts: {}, rules: {} };
  const parts = [
    ...torn.texts.map((key) => textPart(texts, drafts, state, key, decided)),
    ...torn.rules.map((name) => rulePart(texts, drafts, state, name, decided)),
  ];
  const later = h("button", { class: "button", value: "" }, texts.t("admin.customer_conflict_later"));
  const go = h("button", { class: "button primary", value: "yes" }, texts.t("admin.customer_conflict_save"));
  const form = h("form", { method: "dialog", class: "admin-form" }, ...parts, h("div", { class: "dialog-buttons" }, later, go));
  dialog.append(h("p", {}, texts.t("admin.customer_conflict_text")), form);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes" ? decided : null));
  });
}

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {CustomerState} state
 * @param {string} key
 * @param {Decided} decided
 */
function textPart(texts, drafts, state, key, decided) {
  const theirs = /** @type {OwnText} */ (state.texts.find((one) => keyOf(one) === key));
  const mine = { own: drafts.own(key), text: drafts.text(key) };
  const saved = theirs.text ?? theirs.default;
  const area = h("textarea", { class: "input customer-text", rows: "4", dir: "auto", lang: theirs.language });
  /** @param {string | null} own @param {string} text */
  const put = (own, text) => {
    area.value = text;
    decided.texts[key] = own;
  };
  put(mine.own, mine.text);
  area.addEventListener("input", () => (decided.texts[key] = area.value));
  const takeTheirs = choice(texts.t("admin.customer_conflict_take"), () => put(theirs.text, saved));
  const takeMine = choice(texts.t("admin.customer_conflict_back"), () => put(mine.own, mine.text));
  const since = texts.t("admin.customer_conflict_theirs", { name: theirs.by, when: when(texts, theirs.at ?? 0, state.now) });
  const card = CARDS.find((one) => textsOf(one).includes(theirs.name));
  const label = texts.t(`admin.customer_words_${theirs.name}`);
  const name = `${card ? texts.t(card.name) : ""}, ${label} (${languageName(theirs.language)})`;
  const field = h("label", { class: "field" }, h("strong", {}, texts.t("admin.customer_conflict_mine")), area);
  const marks = h("div", { lang: theirs.language }, drawDifference(texts, mine.text, saved));
  const buttons = h("div", { class: "key-buttons" }, takeTheirs, takeMine);
  return h("section", { class: "conflict" }, h("h3", {}, name), h("p", { class: "soft" }, since), marks, field, buttons);
}

/**
 * @param {string} words
 * @param {() => void} run
 */
function choice(words, run) {
  const button = h("button", { class: "button", type: "button" }, words);
  button.addEventListener("click", run);
  return button;
}

/**
 * @param {Texts} texts
 * @param {Drafts} drafts
 * @param {CustomerState} state
 * @param {RuleName} name
 * @param {Decided} decided
 */
function rulePart(texts, drafts, state, name, decided) {
  const control = CARDS.flatMap(({ controls }) => controls).find(({ rule }) => rule === name);
  const legend = h("legend", {}, texts.t(control?.on ?? control?.label ?? ""));
  /** @param {RuleValue} value @param {string} key */
  const option = (value, key) => {
    const input = h("input", { type: "radio", name });
    input.addEventListener("change", () => (decided.rules[name] = value));
    const label = h("label", { class: "switch" }, input, h("span", {}, texts.t(key, { value: spoken(texts, value, control?.unit) })));
    return { input, label };
  };
  const mine = option(drafts.rule(name), "admin.customer_conflict_rule_mine");
  const theirs = option(state.rules[name], "admin.customer_conflict_rule_theirs");
  mine.input.checked = true;
  decided.rules[name] = drafts.rule(name);
  return h("fieldset", { class: "conflict" }, legend, mine.label, theirs.label);
}

/**
 * @param {Texts} texts
 * @param {RuleValue} value
 * @param {string} [unit]
 */
function spoken(texts, value, unit) {
  if (unit) return `${value} ${texts.t(unit)}`;
  if (typeof value === "number" && value > 0) return texts.t("admin.customer_value_seconds", { n: value });
  if (value === true) return texts.t("admin.customer_on");
  if (!value) return texts.t(value === "" ? "admin.customer_value_none" : "admin.customer_off");
  const ways = { choice: "admin.customer_way_choice", chat: "admin.customer_way_chat", client: "admin.customer_way_client" };
  const way = Object.entries(ways).find(([name]) => name === value);
  return way ? texts.t(way[1]) : String(value);
}
