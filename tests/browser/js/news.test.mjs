import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { news } from "../../../relay/web/js/chat/news.js";
import { shortened } from "../../../relay/web/js/core/markup.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import { unknown } from "../../../relay/web/js/core/view.js";

const source = new URL("../../../protocol/texts/en.json", import.meta.url);
const texts = new Texts("en", JSON.parse(readFileSync(source, "utf8")));
const GRACE = { id: "c", role: "customer", name: "Grace", door: "chat", system: "" };
const ADA = { id: "r", role: "representative", name: "Ada", door: "session", system: "" };
const accepted = { t: "session.accepted", seq: 2, at: 0, participant: ADA };
const posted = (seq, by, text = "x") => ({ t: "chat.posted", seq, at: 0, by, id: `line-${seq}`, text });

/** Grace's view of a log. */
const view = (...log) => ({
  ...unknown("customer"),
  me: "c",
  snapshot: { session: "s", state: "active", participants: [GRACE, ADA], left: [], log, notes: [], seq: log.length + 1 },
});

test("one's turn is news", () => {
  assert.deepEqual(news(view(accepted), texts, 1), { title: "It is your turn", body: "Ada is here for you now." });
});

test("the newest line of somebody else is news, without its markers", () => {
  const seen = view(accepted, posted(3, "r", "old"), posted(4, "r", "*Look* at\nhttps://a.example/x."), posted(5, "c"));
  assert.deepEqual(news(seen, texts, 2), { title: "Ada", body: "Look at https://a.example/x." });
});

test("what was known, and what one said oneself, is no news", () => {
  assert.equal(news(view(accepted, posted(3, "r")), texts, 3), null);
  assert.equal(news(view(posted(3, "c")), texts, 2), null);
  assert.equal(news(unknown("customer"), texts, 0), null);
});

test("80 characters stay, more are cut between characters", () => {
  assert.equal(shortened("x".repeat(80)), "x".repeat(80));
  assert.equal(shortened("😀".repeat(81)), `${"😀".repeat(79)}…`);
});

test("a notice, a question and the end are news, being put into the queue is not", () => {
  const notice = { t: "notice.told", seq: 3, at: 0, notice: "n", text: "*Mail* is slow", by: "" };
  assert.deepEqual(news(view(notice), texts, 2), { title: "Known problem", body: "Mail is slow" });
  const asked = { t: "question.asked", seq: 3, at: 0, step: "agreement", title: "Before we start", text: "- Please", limitS: 9 };
  assert.deepEqual(news(view(asked), texts, 2), { title: "Before we start", body: "- Please" });
  const ended = { t: "session.ended", seq: 3, at: 0, by: "r", reason: "closed", text: "", url: "" };
  assert.deepEqual(news(view(ended), texts, 2), { title: "The session has ended", body: "Ada ended the session" });
  assert.equal(news(view({ ...ended, by: "c" }), texts, 2), null);
  const queue = { kind: "general", id: "", name: "" };
  const queued = { t: "session.queued", seq: 3, at: 0, queue, cause: "entry", by: "" };
  assert.equal(news(view(queued), texts, 2), null);
  const passed = { ...queued, cause: "transfer", by: "r" };
  assert.match(news(view(passed), texts, 2).title, /^Ada passed you on/);
});
