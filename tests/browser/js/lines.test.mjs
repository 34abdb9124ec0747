import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { rows } from "../../../relay/web/js/chat/lines.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import { heard, unknown, unread } from "../../../relay/web/js/core/view.js";

const source = new URL("../../../protocol/texts/en.json", import.meta.url);
const texts = new Texts("en", JSON.parse(readFileSync(source, "utf8")));
const NOON = new Date(2026, 4, 4, 12).getTime();
const MINUTE = 60_000;
const GRACE = { id: "c", role: "customer", name: "Grace", door: "chat", system: "" };
const ADA = { id: "r", role: "representative", name: "Ada", door: "session", system: "" };

const opened = { t: "session.opened", seq: 1, at: NOON, participant: GRACE, queue: "" };
const accepted = { t: "session.accepted", seq: 2, at: NOON, participant: ADA };
const posted = (seq, by, at = NOON) => ({ t: "chat.posted", seq, at, by, id: `line-${seq}`, text: "x" });
const empty = { session: "", state: "waiting", queue: "", participants: [], log: [], notes: [], seq: 0, deskSeq: 0 };
const welcome = { t: "welcome", participant: "c", snapshot: empty, present: ["c"], seen: {} };

/** Grace's view after these messages. */
const after = (...messages) =>
  messages.reduce((view, message) => ({ ...view, ...heard(view, message, NOON) }), unknown("customer"));

const lines = (view) => rows(view, texts, NOON).filter(({ kind }) => kind === "line");

test("system lines, one day line, names above the runs of others only", () => {
  const view = after(welcome, opened, accepted, posted(3, "r"), posted(4, "r"), posted(5, "c"));
  const all = rows(view, texts, NOON);
  assert.deepEqual(all.map(({ kind }) => kind), ["day", "system", "system", "line", "line", "line"]);
  assert.match(all[1].text, /^You asked for help · 12:00$/);
  assert.match(all[2].text, /^Ada joined/);
  assert.deepEqual(lines(view).map(({ name }) => name), ["Ada", "", ""]);
  assert.deepEqual(lines(view).map(({ first, last }) => [first, last]), [[true, false], [false, true], [true, true]]);
});

test("a pause begins a new run, midnight a new day", () => {
  const late = posted(5, "r", NOON + 24 * 60 * MINUTE);
  const view = after(welcome, opened, accepted, posted(3, "r"), posted(4, "r", NOON + 6 * MINUTE), late);
  assert.deepEqual(lines(view).map(({ first }) => first), [true, true, true]);
  assert.equal(rows(view, texts, NOON).filter(({ kind }) => kind === "day").length, 2);
});

test("the mark stands under one's own last line only", () => {
  const view = after(welcome, opened, accepted, posted(3, "c"), posted(4, "c"), posted(5, "r"));
  assert.deepEqual(lines(view).map(({ mark }) => mark), ["", "stored", ""]);
  const early = { ...view, ...heard(view, { t: "seen", by: "r", seq: 3 }, NOON) };
  assert.deepEqual(lines(early).map(({ mark }) => mark), ["", "stored", ""]);
  const seen = { ...view, ...heard(view, { t: "seen", by: "r", seq: 4 }, NOON) };
  assert.deepEqual(lines(seen).map(({ mark }) => mark), ["", "seen", ""]);
});

test("pending lines come last, and an end refuses them", () => {
  const waiting = { request: { t: "chat.post", id: "p", text: "later" }, at: NOON, why: "" };
  const view = { ...after(welcome, opened, posted(2, "c")), pending: [waiting] };
  assert.deepEqual(lines(view).map(({ mark }) => mark), ["stored", "pending"]);
  const ended = { t: "session.ended", seq: 3, at: NOON, by: "c", reason: "closed" };
  const over = { ...view, ...heard(view, ended, NOON) };
  assert.deepEqual(lines(over).map(({ mark, why }) => [mark, why]), [["stored", ""], ["refused", "ended"]]);
});

test("a pending line keeps its key when it becomes a fact", () => {
  const waiting = { request: { t: "chat.post", id: "line-2", text: "x" }, at: NOON, why: "" };
  const pending = lines({ ...after(welcome, opened), pending: [waiting] });
  assert.equal(pending[0].key, lines(after(welcome, opened, posted(2, "c")))[0].key);
});

test("a cut log says so", () => {
  const view = after({ ...welcome, snapshot: { ...empty, log: [posted(7, "r")], seq: 7 } });
  assert.equal(rows(view, texts, NOON)[0].text, texts.t("chat.trimmed"));
});

test("unread are the lines of others after what one has seen", () => {
  const view = after(welcome, opened, accepted, posted(3, "r"), posted(4, "c"), posted(5, "r"));
  assert.equal(unread(view), 2);
  assert.equal(unread({ ...view, seen: { c: 3 } }), 1);
  assert.equal(unread({ ...view, seen: { c: 5 } }), 0);
});

test("a missing fact is noticed", () => {
  assert.throws(() => after(welcome, opened, posted(3, "r")), { name: "Error", message: /came after/ });
});
