import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { applyAll } from "../../../relay/web/js/core/sharing.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import { heard, unknown } from "../../../relay/web/js/core/view.js";
import { ending } from "../../../relay/web/js/pages/console/ending.js";
import { noteRows } from "../../../relay/web/js/pages/console/notes.js";
import { reason } from "../../../relay/web/js/pages/console/reasons.js";
import { LEGAL } from "../../../relay/web/js/protocol_more.js";

const source = new URL("../../../protocol/texts/en.json", import.meta.url);
const texts = new Texts("en", JSON.parse(readFileSync(source, "utf8")));
const NOON = new Date(2026, 4, 4, 12).getTime();
const GENERAL = { kind: "general", id: "", name: "" };
const SECOND = { kind: "team", id: "t2", name: "Second line" };
const person = (id, name, role, door) => ({ id, role, name, door, system: "" });
const GRACE = person("c", "Grace", "customer", "chat");
const ADA = person("a", "Ada", "representative", "session");
const BOB = person("b", "Bob", "representative", "session");
const lists = { participants: [], left: [], answers: [], notices: [], invitations: [], log: [], notes: [], files: [] };
const sharing = { state: "off", share: 0, epoch: 0, scope: "all", why: null, asked: [], held: [] };
const empty = { session: "", state: "waiting", queue: GENERAL, question: null, ...lists, sharing, seq: 0, deskSeq: 0 };
const welcome = { t: "welcome", participant: "a", snapshot: empty, present: ["c", "a"], seen: {} };

/** Ada's view after these facts; those of the desk and of the session are numbered apart. */
function after(...facts) {
  const counts = { desk: 0, session: 0 };
  const numbered = facts.map((fact) => {
    const topic = /^(note|invitation)\./.test(fact.t) ? "desk" : "session";
    return { at: NOON, ...fact, seq: (counts[topic] += 1) };
  });
  const online = { ...unknown("representative", LEGAL.session), link: { name: "online" } };
  return [welcome, ...numbered].reduce((view, message) => ({ ...view, ...heard(view, message, NOON, applyAll) }), online);
}
const opened = { t: "session.opened", participant: GRACE, queue: GENERAL };
const accepted = { t: "session.accepted", participant: ADA };
const joined = { t: "representative.joined", participant: BOB, by: "a" };
const active = [opened, accepted];

test("while the session goes on, there is no ending", () => {
  assert.equal(ending(texts, after(...active)), null);
  assert.equal(ending(texts, { ...after(...active), link: { name: "lost" } }), null);
});

test("every way a session ends is said in words", () => {
  const end = (reason, by = "") => ending(texts, after(...active, { t: "session.ended", by, reason, text: "", url: "" }));
  assert.equal(end("closed", "c").words, "Grace ended the session");
  assert.equal(end("closed", "a").words, "You ended the session");
  assert.equal(end("link_lost").words, "The session ended because the connection stayed away");
  assert.equal(end("declined").words, "Grace did not accept the agreement");
  assert.equal(end("unanswered").words, "The agreement was not answered in time");
  assert.equal(end("orphaned").words, "The session ended because nobody was available");
  assert.equal(end("notice", "c").words, "Grace left because a notice names the problem.");
  assert.equal(end("notice", "c").kind, "ended");
});

test("who passes a customer on, or leaves, has no session any more", () => {
  const passed = (by, queue) => ending(texts, after(...active, joined, { t: "session.queued", queue, cause: "transfer", by }));
  assert.deepEqual(passed("a", SECOND), { kind: "passed", words: "You passed Grace on to Second line." });
  assert.equal(passed("a", GENERAL).words, "You passed Grace on to whoever is free.");
  assert.deepEqual(passed("b", SECOND), { kind: "passed", words: "Bob passed Grace on to Second line" });
  const left = ending(texts, after(...active, joined, { t: "representative.left", by: "a", why: "left" }));
  assert.deepEqual(left, { kind: "passed", words: "You left the session with Grace." });
});

test("a connection that was away too long is said, and nothing is closed by itself", () => {
  const dropped = ending(texts, after(...active, joined, { t: "representative.left", by: "a", why: "lost" }));
  assert.deepEqual([dropped.kind, dropped.words], ["away", "Your connection was gone for too long. Grace goes on with Bob."]);
  const back = ending(texts, after(...active, { t: "session.queued", queue: SECOND, cause: "lost", by: "" }));
  assert.equal(back.kind, "away");
  assert.match(back.words, /Grace is back in the queue/);
  const gone = ending(texts, { ...after(...active), link: { name: "closed", why: "gone" } });
  assert.equal(gone.words, "You are no longer in this session.");
});

test("who comes back is in the session again", () => {
  const view = after(...active, { t: "session.queued", queue: SECOND, cause: "transfer", by: "a" }, accepted);
  assert.equal(ending(texts, view), null);
});

test("what cannot be done now says why", () => {
  const notices = [{ id: "n1", name: "Mail" }];
  const why = (view, act, active = notices) => reason(texts, view, act, active);
  const alone = after(...active);
  assert.equal(why(unknown("representative", LEGAL.session), "pass"), "Connecting…");
  for (const act of ["pass", "invite", "notice", "program", "end"]) assert.equal(why(alone, act), "");
  assert.match(why(alone, "leave"), /colleague/);
  assert.equal(why(after(...active, joined), "leave"), "");
  assert.match(why(alone, "notice", []), /No notice is active/);
  const told = after(...active, { t: "notice.told", notice: "n1", text: "x", by: "a" });
  assert.equal(why(told, "notice"), "Grace has seen every active notice.");
  assert.equal(why(told, "notice", [...notices, { id: "n2", name: "Other" }]), "");
  const moved = after(...active, { t: "customer.moved", participant: { ...GRACE, door: "client" } });
  assert.equal(why(moved, "program"), "Grace uses the program already.");
});

test("what is on its way is not asked for twice", () => {
  const view = after(...active);
  const pending = [{ request: { t: "session.transfer", id: "x", queue: GENERAL }, at: NOON, why: "" }];
  assert.equal(reason(texts, { ...view, pending }, "pass", []), "This is on its way already.");
  assert.equal(reason(texts, { ...view, pending }, "invite", []), "");
});

test("notes and what became of invitations", () => {
  const made = { t: "invitation.made", by: "a", id: "i", queue: SECOND };
  const over = (by, at = NOON) => ({ t: "invitation.over", by, id: "i", at });
  const words = (...facts) => noteRows(after(...active, ...facts), texts, NOON).map(({ text }) => text);
  const note = { t: "note.posted", by: "a", id: "line", text: "Third floor" };
  assert.deepEqual(words(note, made), ["Third floor", "You invited Second line · 12:00"]);
  assert.match(words(made, joined, over("b"))[1], /^Bob followed the invitation/);
  assert.match(words(made, joined, over("b", NOON + 1))[1], /^Bob withdrew the invitation of Second line/);
  assert.match(words(made, over("a"))[1], /^Ada withdrew the invitation of Second line/);
  assert.match(words(made, over(""))[1], /^The invitation of Second line is no longer open/);
});

test("a note that was refused says why", () => {
  const view = after(...active);
  const pending = [{ request: { t: "note.post", id: "x", text: "Hm" }, at: NOON, why: "forbidden" }];
  const [row] = noteRows({ ...view, pending }, texts, NOON);
  assert.deepEqual([row.state, row.why, row.text], ["refused", "forbidden", "Hm"]);
});
