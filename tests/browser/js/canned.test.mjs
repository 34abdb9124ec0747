import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, found, shownPath, split } from "../../../relay/web/js/pages/canned/search.js";
import { sharedOf, textFor, usableOf } from "../../../relay/web/js/pages/canned/shelves.js";
import { ready, valuesOf } from "../../../relay/web/js/pages/console/canned/fill.js";

const message = (path, en = "", shelf = "all") => ({ id: path, path, texts: { en }, shelf, team: "" });
const at = (marked) => asked(marked.replace("|", ""), marked.indexOf("|"));
const paths = (messages, query) => found(messages, query).map(({ path }) => path);

test("a slash at the start or after a blank asks, up to the cursor", () => {
  assert.deepEqual(at("/|"), { start: 0, query: "" });
  assert.deepEqual(at("/pap|er"), { start: 0, query: "pap" });
  assert.deepEqual(at("Hello. /no paper|"), { start: 7, query: "no paper" });
  assert.deepEqual(at("one\n/two|"), { start: 4, query: "two" });
  assert.deepEqual(at("/one /two|"), { start: 5, query: "two" });
  assert.deepEqual(at("/printers/no|"), { start: 0, query: "printers/no" });
});

test("other slashes do not", () => {
  for (const text of ["|", "a|", "and/or|", "https://x|", "/ |", "/ x|", "/one\ntwo|", "|/one", `/${"x".repeat(61)}|`]) {
    assert.equal(at(text), null, text);
  }
});

test("names first, then folders, then texts; nothing typed shows all in their order", () => {
  const all = [message("Ink/Paper", ""), message("Paper/Ink", ""), message("Other", "There is no paper."), message("No", "x")];
  assert.deepEqual(paths(all, ""), ["Ink/Paper", "Paper/Ink", "Other", "No"]);
  assert.deepEqual(paths(all, "pap"), ["Ink/Paper", "Paper/Ink", "Other"]);
  assert.deepEqual(paths(all, "ink/pap"), ["Ink/Paper", "Paper/Ink"]);
  assert.deepEqual(paths(all, "etc/hosts"), []);
});

test("capitals and accents need not be typed, and every word must fit", () => {
  const all = [message("Drucker/Größe ändern"), message("Drucker/Straße")];
  assert.deepEqual(paths(all, "GROSSE andern"), ["Drucker/Größe ändern"]);
  assert.deepEqual(paths(all, "druck strass"), ["Drucker/Straße"]);
  assert.deepEqual(paths(all, "druck papier"), []);
});

test("a path is read in its parts", () => {
  assert.deepEqual(split("A/B/C"), { folders: ["A", "B"], name: "C" });
  assert.deepEqual(split("C"), { folders: [], name: "C" });
  assert.equal(shownPath("A/B"), "A › B");
});

test("own ones stand before those of teams and everybody's; a team that is gone has no name", () => {
  const row = (id, team = null) => ({ id, path: id, texts: {}, team, version: "" });
  const usable = { own: [row("o")], shared: [row("a"), row("t", "t1"), row("b")], teams: [{ id: "t1", name: "Billing" }], most: 1 };
  const shown = usableOf(usable).map(({ id, shelf, team }) => [id, shelf, team]);
  assert.deepEqual(shown, [["o", "own", ""], ["t", "team", "Billing"], ["a", "all", ""], ["b", "all", ""]]);
  assert.deepEqual(sharedOf([row("t", "gone")], []).map(({ shelf, team }) => [shelf, team]), [["team", ""]]);
});

test("customers get their language, else the representative's, else any", () => {
  const both = { ...message("x"), texts: { en: "Hello", de: "Hallo" } };
  assert.deepEqual(textFor(both, "de", "en"), { language: "de", text: "Hallo" });
  assert.deepEqual(textFor(both, "fr", "de"), { language: "de", text: "Hallo" });
  assert.deepEqual(textFor({ ...both, texts: { de: "Hallo" } }, "en", "en"), { language: "de", text: "Hallo" });
});

test("macros are filled in once, and the first without a value is where to write on", () => {
  const values = { CUSTOMER: "%REP%", REP: "Ada", SITE: "", ISSUE: "" };
  assert.deepEqual(ready("Hi %CUSTOMER%, %REP% here, 5 %.", values), { text: "Hi %REP%, Ada here, 5 %.", gap: -1 });
  assert.deepEqual(ready("I am %REP% of %SITE%, about %ISSUE%", values), { text: "I am Ada of , about ", gap: 12 });
  assert.deepEqual(ready("%NOBODY%", values), { text: "%NOBODY%", gap: -1 });
});

test("values are what this session knows, without what turns letters around", () => {
  const person = (id, role, name) => ({ id, role, name, door: "chat", system: "" });
  const participants = [person("c", "customer", "Gr\u202eace"), person("r", "representative", "Ada")];
  const view = { me: "r", snapshot: { participants, left: [], log: [] } };
  assert.deepEqual(valuesOf(view, { site: "Acme", issue: "Printer" }), { CUSTOMER: "Grace", REP: "Ada", SITE: "Acme", ISSUE: "Printer" });
  assert.deepEqual(valuesOf({ me: "", snapshot: null }, null), { CUSTOMER: "", REP: "", SITE: "", ISSUE: "" });
});
