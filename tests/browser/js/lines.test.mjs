import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { rows } from "../../../relay/web/js/chat/lines.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import { heard, unknown, unread } from "../../../relay/web/js/core/view.js";
import { LEGAL } from "../../../relay/web/js/protocol_more.js";

const source = new URL("../../../protocol/texts/en.json", import.meta.url);
const texts = new Texts("en", JSON.parse(readFileSync(source, "utf8")));
const NOON = new Date(2026, 4, 4, 12).getTime();
const MINUTE = 60_000;
const GRACE = { id: "c", role: "customer", name: "Grace", door: "chat", system: "" };
const ADA = { id: "r", role: "representative", name: "Ada", door: "session", system: "" };

const GENERAL = { kind: "general", id: "", name: "" };
const opened = { t: "session.opened", seq: 1, at: NOON, participant: GRACE, queue: GENERAL };
const accepted = { t: "session.accepted", seq: 2, at: NOON, participant: ADA };
const posted = (seq, by, at = NOON) => ({ t: "chat.posted", seq, at, by, id: `line-${seq}`, text: "x" });
const lists = { participants: [], left: [], answers: [], notices: [], invitations: [], log: [], notes: [] };
const empty = { session: "", state: "waiting", queue: GENERAL, question: null, ...lists, seq: 0, deskSeq: 0 };
const welcome = { t: "welcome", participant: "c", snapshot: empty, present: ["c"], seen: {} };

/** The view of `role` after these messages. */
const seenBy = (role, ...messages) =>
  messages.reduce((view, message) => ({ ...view, ...heard(view, message, NOON) }), unknown(role, LEGAL.session));

/** Grace's view after these messages. */
const after = (...messages) => seenBy("customer", ...messages);

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

/** The sentences between the chat lines, without their times, after `facts` in a talk with Ada. */
function told(role, ...facts) {
  const numbered = facts.map((fact, n) => ({ seq: 3 + n, at: NOON, ...fact }));
  const me = role === "customer" ? "c" : "r";
  const view = seenBy(role, { ...welcome, participant: me }, opened, accepted, ...numbered);
  const system = rows(view, texts, NOON).filter(({ kind }) => kind === "system");
  return system.slice(2).map(({ text }) => text.replace(" · 12:00", ""));
}

const LINUS = { ...ADA, id: "l", name: "Linus" };
const BILLING = { kind: "team", id: "b", name: "Billing" };
const FACTS = [
  [{ t: "question.asked", step: "agreement", title: "", text: "", limitS: 60 }, undefined, undefined],
  [
    { t: "question.answered", step: "agreement", reply: "yes" },
    "You accepted the agreement",
    "Grace accepted the agreement",
  ],
  [
    { t: "question.answered", step: "recording", reply: "none" },
    "No answer to the recording: nothing is recorded",
    "No answer to the recording: nothing is recorded",
  ],
  [{ t: "session.queued", queue: GENERAL, cause: "entry", by: "" }, "You are in the queue", "Grace is in the queue"],
  [
    { t: "session.queued", queue: BILLING, cause: "transfer", by: "r" },
    "Ada passed you on to Billing",
    "Ada passed Grace on to Billing",
  ],
  [
    { t: "session.queued", queue: GENERAL, cause: "transfer", by: "r" },
    "Ada passed you on to whoever is free next",
    "Ada passed Grace on to whoever is free next",
  ],
  [
    { t: "session.queued", queue: GENERAL, cause: "lost", by: "" },
    "Your representative lost the connection. You are back in the queue",
    "A representative lost the connection. Grace is back in the queue",
  ],
  [
    { t: "representative.joined", participant: LINUS, by: "r" },
    "Linus joined, invited by Ada: may read and write here, and nothing else unless you allow it",
    "Linus joined, invited by Ada",
  ],
  [{ t: "representative.left", by: "r", why: "left" }, "Ada left", "Ada left"],
  [
    { t: "representative.left", by: "r", why: "lost" },
    "Ada left: the connection was lost",
    "Ada left: the connection was lost",
  ],
  [
    { t: "notice.told", notice: "n", text: "x", by: "" },
    "We told you about a known problem",
    "Grace was told about a known problem",
  ],
  [
    { t: "notice.told", notice: "n", text: "x", by: "r" },
    "Ada told you about a known problem",
    "Ada told Grace about a known problem",
  ],
  [
    { t: "client.offered", by: "r" },
    "Ada suggests going on in the program",
    "Ada suggests going on in the program",
  ],
  [
    { t: "customer.moved", participant: { ...GRACE, door: "client" } },
    "You went on in the program",
    "Grace went on in the program",
  ],
  [
    { t: "session.ended", by: "", reason: "orphaned", text: "", url: "" },
    "The session ended because nobody was available",
    "The session ended because nobody was available",
  ],
  [{ t: "session.ended", by: "", reason: "declined", text: "", url: "" }, undefined, undefined],
  [{ t: "session.ended", by: "c", reason: "closed", text: "", url: "" }, "You ended the session", "Grace ended the session"],
];

for (const [fact, customers, representatives] of FACTS) {
  test(`${fact.t} ${fact.cause ?? fact.reply ?? fact.reason ?? fact.why ?? ""} in words`, () => {
    assert.equal(told("customer", fact)[0], customers);
    assert.equal(told("representative", fact)[0], representatives);
  });
}

test("a name does not turn the sentence around it", () => {
  const wicked = { ...LINUS, name: "\u202eevil\u2066" };
  assert.match(told("customer", { t: "representative.joined", participant: wicked, by: "r" })[0], /^evil joined, invited by Ada:/);
});

test("a line that was not sent when the customer moved on is not kept waiting", () => {
  const waiting = { request: { t: "chat.post", id: "p", text: "later" }, at: NOON, why: "" };
  const moved = { t: "customer.moved", seq: 3, at: NOON, participant: { ...GRACE, door: "client" } };
  const view = { ...after(welcome, opened, accepted, moved), pending: [waiting] };
  assert.deepEqual(lines(view).map(({ mark, why }) => [mark, why]), [["refused", "not_now"]]);
});

test("the relay's clock counts, and a new queue has its own place and words", () => {
  const view = after({ ...welcome, now: NOON + 5000 }, opened, { t: "hold.message", text: "Soon" });
  assert.deepEqual([view.ahead, view.hold], [5000, "Soon"]);
  const queued = { t: "session.queued", seq: 2, at: NOON, queue: BILLING, cause: "transfer", by: "r" };
  const again = { ...view, ...heard({ ...view, place: {} }, queued, NOON) };
  assert.deepEqual([again.place, again.hold], [null, ""]);
});
