/** What stands, and what the person has changed of it without saving yet. */

import { Store } from "../../../core/store.js";
import { tidied } from "./words.js";

/** @import { CustomerState, CustomerWish, OwnText, SiteRules } from "../../../protocol.js" */
/** @import { RuleName } from "./cards.js" */

/** Texts are known by `<name>.<language>`. `version` is the one a draft began from, `from` the value. */
/** @typedef {{ readonly text: string | null, readonly version: number }} TextDraft */
/** @typedef {SiteRules[RuleName]} RuleValue */
/** @typedef {{ readonly value: RuleValue, readonly from: RuleValue }} RuleDraft */
/** @typedef {{ readonly state: CustomerState, readonly texts: Readonly<Record<string, TextDraft>>, readonly rules: Readonly<Partial<Record<RuleName, RuleDraft>>> }} Held */

/** What one card is about. @typedef {{ readonly texts: readonly string[], readonly rules: readonly RuleName[] }} Scope */

export class Drafts {
  /** @param {CustomerState} state */
  constructor(state) {
    /** @type {Store<Held>} */
    this.store = new Store({ state, texts: {}, rules: {} });
  }

  /** @param {string} key @returns {OwnText} */
  stored(key) {
    const found = this.store.value.state.texts.find((one) => keyOf(one) === key);
    if (!found) throw new RangeError(`no text ${key}`);
    return found;
  }

  /** The text in the field: what is drafted, else what stands. @param {string} key */
  text(key) {
    const own = this.own(key);
    return own ?? this.stored(key).default;
  }

  /** As `text`; null where the default stands, or is about to. @param {string} key */
  own(key) {
    const draft = this.store.value.texts[key];
    return draft ? draft.text : this.stored(key).text;
  }

  /**
   * Draft a text; null, or the default's own words, bring the default back.
   * @param {string} key
   * @param {string | null} text
   */
  setText(key, text) {
    const stored = this.stored(key);
    const wanted = text === null || tidied(text) === stored.default ? null : text;
    const { [key]: present, ...others } = this.store.value.texts;
    const same = wanted === stored.text && (!present || present.version === stored.version);
    const version = present?.version ?? stored.version;
    this.store.update({ texts: same ? others : { ...others, [key]: { text: wanted, version } } });
  }

  /** @template {RuleName} N @param {N} name @returns {SiteRules[N]} */
  rule(name) {
    const draft = this.store.value.rules[name];
    return /** @type {SiteRules[N]} */ (draft ? draft.value : this.store.value.state.rules[name]);
  }

  /**
   * @param {RuleName} name
   * @param {RuleValue} value
   */
  setRule(name, value) {
    const stored = this.store.value.state.rules[name];
    const { [name]: present, ...others } = this.store.value.rules;
    const from = present ? present.from : stored;
    const same = Object.is(value, stored);
    this.store.update({ rules: same ? others : { ...others, [name]: { value, from } } });
  }

  /** Whether anything in `scope` is not saved; without one, anything at all. @param {Scope} [scope] */
  isChanged(scope) {
    const { texts, rules } = this.store.value;
    if (!scope) return Object.keys(texts).length + Object.keys(rules).length > 0;
    return scope.texts.some((key) => key in texts) || scope.rules.some((name) => name in rules);
  }

  /** What is to be posted to save a card. @param {Scope} scope @returns {CustomerWish} */
  wish({ texts, rules }) {
    const held = this.store.value;
    const changed = rules.filter((name) => name in held.rules);
    /** @type {Partial<Record<RuleName, RuleValue>>} */
    const from = {};
    /** @type {Partial<Record<RuleName, RuleValue>>} */
    const to = {};
    for (const name of changed) {
      from[name] = held.rules[name]?.from;
      to[name] = held.rules[name]?.value;
    }
    const posted = { texts: this.posted(texts) };
    if (!changed.length) return posted;
    const [before, wish] = [from, to].map((some) => /** @type {SiteRules} */ ({ ...held.state.rules, ...some }));
    return { ...posted, before: before ?? null, rules: wish ?? null };
  }

  /** The drafts of these texts. @param {readonly string[]} keys */
  posted(keys) {
    return keys.flatMap((key) => {
      const draft = this.store.value.texts[key];
      const { name, language } = this.stored(key);
      return draft ? [{ name, language, ...draft }] : [];
    });
  }

  /** Every rule as it is in its field. @returns {SiteRules} */
  allRules() {
    const { rules, state } = this.store.value;
    const drafted = Object.entries(rules).map(([name, draft]) => [name, draft.value]);
    return { ...state.rules, ...Object.fromEntries(drafted) };
  }

  /**
   * What is drafted in `scope` is saved or given up; this is what stands now.
   * @param {CustomerState} state
   * @param {Scope} scope
   */
  settle(state, scope) {
    const held = this.store.value;
    const texts = Object.entries(held.texts).filter(([key]) => !scope.texts.includes(key));
    const rules = Object.entries(held.rules).filter(([name]) => !scope.rules.includes(/** @type {RuleName} */ (name)));
    this.store.update({ state, texts: Object.fromEntries(texts), rules: Object.fromEntries(rules) });
  }

  /**
   * What of `scope` somebody else has saved to something else since it was drafted.
   * @param {CustomerState} state what stands now
   * @param {Scope} scope
   * @returns {Scope}
   */
  torn(state, { texts, rules }) {
    const held = this.store.value;
    return {
      texts: texts.filter((key) => {
        const [draft, now] = [held.texts[key], state.texts.find((one) => keyOf(one) === key)];
        return draft && now && draft.version !== now.version && draft.text !== now.text;
      }),
      rules: rules.filter((name) => {
        const [draft, now] = [held.rules[name], state.rules[name]];
        return draft && draft.from !== now && draft.value !== now;
      }),
    };
  }

  /**
   * Go on from what stands now, with what the person decided on in place of the drafts.
   * @param {CustomerState} state
   * @param {Readonly<Record<string, string | null>>} texts
   * @param {Readonly<Partial<Record<RuleName, RuleValue>>>} rules
   */
  decide(state, texts, rules) {
    const held = this.store.value;
    const version = (/** @type {string} */ key) => state.texts.find((one) => keyOf(one) === key)?.version ?? 0;
    const drafted = Object.entries(texts).map(([key, text]) => [key, { text, version: version(key) }]);
    const ruled = Object.entries(rules).map(([name, value]) => [name, { value, from: state.rules[/** @type {RuleName} */ (name)] }]);
    this.store.update({
      state,
      texts: { ...held.texts, ...Object.fromEntries(drafted) },
      rules: { ...held.rules, ...Object.fromEntries(ruled) },
    });
  }
}

/** @param {{ name: string, language: string }} text */
export function keyOf({ name, language }) {
  return `${name}.${language}`;
}
