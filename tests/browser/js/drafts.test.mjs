import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts } from "../../../relay/web/js/pages/admin/customer/drafts.js";

const row = (name, text, version) => ({ name, language: "en", text, version, default: `Default ${name}`, by: "", at: null, most: 99, macros: [] });
const state = (texts, rules = {}) => ({ now: 0, canRecord: false, rules: { greeting: true, holdEveryS: 90, ...rules }, texts, examples: {} });
const SCOPE = { texts: ["a.en"], rules: ["holdEveryS", "greeting"] };

test("nothing is changed until something is other than what stands", () => {
  const drafts = new Drafts(state([row("a", "Own", 3)]));
  drafts.setText("a.en", "Other");
  assert.equal(drafts.isChanged(SCOPE), true);
  drafts.setText("a.en", "Own");
  drafts.setRule("holdEveryS", 30);
  drafts.setRule("holdEveryS", 90);
  assert.equal(drafts.isChanged(), false);
});

test("the default's own words are the default", () => {
  const drafts = new Drafts(state([row("a", "Own", 3)]));
  drafts.setText("a.en", " Default a ");
  assert.deepEqual(drafts.wish(SCOPE), { texts: [{ name: "a", language: "en", text: null, version: 3 }] });
});

test("what is posted names what it began from, and only what changed", () => {
  const drafts = new Drafts(state([row("a", null, 0)]));
  drafts.setText("a.en", "Mine");
  drafts.setRule("greeting", false);
  assert.deepEqual(drafts.wish(SCOPE), {
    texts: [{ name: "a", language: "en", text: "Mine", version: 0 }],
    before: { greeting: true, holdEveryS: 90 },
    rules: { greeting: false, holdEveryS: 90 },
  });
});

test("saving one card keeps the drafts of another, with what they began from", () => {
  const drafts = new Drafts(state([row("a", null, 0), row("b", null, 0)]));
  drafts.setText("a.en", "Mine");
  drafts.setText("b.en", "Mine too");
  drafts.setRule("holdEveryS", 30);
  const now = state([row("a", "Theirs", 8), row("b", "Mine too", 9)], { holdEveryS: 60 });
  drafts.settle(now, { texts: ["b.en"], rules: [] });
  assert.equal(drafts.text("a.en"), "Mine");
  assert.equal(drafts.wish(SCOPE).texts[0].version, 0);
  assert.deepEqual(drafts.torn(now, SCOPE), { texts: ["a.en"], rules: ["holdEveryS"] });
  drafts.decide(now, { "a.en": "Both" }, { holdEveryS: 60 });
  assert.deepEqual(drafts.torn(now, SCOPE), { texts: [], rules: [] });
  assert.deepEqual(drafts.wish(SCOPE).texts, [{ name: "a", language: "en", text: "Both", version: 8 }]);
});

test("the same words as somebody else's are no conflict", () => {
  const drafts = new Drafts(state([row("a", null, 0)]));
  drafts.setText("a.en", "Same");
  assert.deepEqual(drafts.torn(state([row("a", "Same", 4)]), SCOPE), { texts: [], rules: [] });
});
