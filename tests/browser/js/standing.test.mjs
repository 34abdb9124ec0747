import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { applyAll } from "../../../relay/web/js/core/sharing.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import { heard, unknown } from "../../../relay/web/js/core/view.js";
import { shareEvent } from "../../../relay/web/js/pages/console/share/lines.js";
import { lastWord, left, reason, standing } from "../../../relay/web/js/pages/console/share/standing.js";
import { LEGAL } from "../../../relay/web/js/protocol_more.js";

const source = new URL("../../../protocol/texts/en.json", import.meta.url);
const texts = new Texts("en", JSON.parse(readFileSync(source, "utf8")));
const NOON = new Date(2026, 4, 4, 12).getTime();
const QUEUE = { kind: "general", id: "", name: "" };
const person = (id, role, name, door) => ({ id, role, name, door, system: "" });
const GRACE = person("c", "customer", "Grace", "client");
const ADA = person("a", "representative", "Ada", "session");
const BOB = person("b", "representative", "Bob", "session");
const OFF = { state: "off", share: 0, epoch: 0, scope: "all", why: null, asked: [], held: [] };
const lists = { participants: [], left: [], answers: [], notices: [], invitations: [], log: [], notes: [], files: [] };
const empty = { session: "", state: "waiting", queue: QUEUE, question: null, ...lists, sharing: OFF, seq: 0, deskSeq: 0 };
const FACTS = [
  { t: "session.opened", participant: GRACE, queue: QUEUE },
  { t: "session.accepted", participant: ADA },
  { t: "representative.joined", participant: BOB, by: "a" },
];
const asked = { t: "grant.asked", by: "a", grant: "view", reason: "", limitS: 60 };
const given = (to, grant, lastsS = 0) => ({ t: "grant.given", to, grant, lastsS });
const over = (grant, why, to = "a") => ({ t: "grant.over", to, grant, why });
const started = { t: "share.started", share: 1, epoch: 3, scope: "all" };
const ended = (why, by = "") => ({ t: "share.ended", by, why });
const may = () => true;

/** Ada's view after these facts, numbered from 1, all at noon. */
function after(...facts) {
  const welcome = { t: "welcome", participant: "a", snapshot: empty, present: ["c"], seen: {} };
  const numbered = [...FACTS, ...facts].map((fact, at) => ({ at: NOON, ...fact, seq: at + 1 }));
  const start = { ...unknown("representative", LEGAL.session), link: { name: "online" } };
  return [welcome, ...numbered].reduce((view, one) => ({ ...view, ...heard(view, one, NOON, applyAll) }), start);
}

/** What the log says of the last of these facts. */
function said(...facts) {
  const view = after(...facts);
  return shareEvent(view.snapshot.log.at(-1), view, texts);
}

test("nothing may be watched without the grant and the share", () => {
  const start = (...facts) => standing(after(...facts), texts).start;
  assert.equal(start(), null);
  assert.equal(start(given("a", "view")), null);
  assert.equal(start(given("b", "view"), started), null);
  assert.deepEqual(start(given("a", "view"), started), { share: 1, epoch: 3 });
  assert.equal(start(given("a", "view"), started, { t: "share.paused", why: "customer" }), null);
  assert.equal(start(given("a", "view"), started, over("view", "taken")), null);
  assert.equal(start(given("a", "view"), started, ended("customer", "c")), null);
});

test("control ends with the view", () => {
  const view = after(given("a", "view"), given("a", "control"), started, over("view", "taken"));
  assert.equal(standing(view, texts).controls, null);
});

test("one's number is one's place in the session, also after coming back", () => {
  assert.equal(standing(after(), texts).me, 1);
  const back = [{ t: "representative.left", by: "a", why: "left" }, { t: "representative.joined", participant: ADA, by: "b" }];
  assert.equal(standing(after(...back), texts).me, 1);
});

test("who else sees is named, and who controls", () => {
  const view = after(given("a", "view"), given("b", "view"), given("b", "control"), started);
  const { others, driver } = standing(view, texts);
  assert.deepEqual([others, driver], [["Bob"], "Bob"]);
});

test("what cannot be asked says why", () => {
  const why = (view, act = "see", allowed = may, now = NOON) => reason(texts, view, act, allowed, now);
  assert.equal(why(after()), "");
  assert.equal(why(after(), "control"), "");
  assert.match(why({ ...after(), link: { name: "lost" } }), /connection/i);
  assert.match(why({ ...after(), present: new Set() }), /Grace/);
  assert.match(why(after(), "see", () => false), /role/);
  assert.match(why(after(), "control", (one) => one === "screen.view"), /role/);
  assert.match(why(after(asked)), /still open/);
  assert.match(why(after(given("a", "view"))), /already/);
  assert.match(why(after(), "stop"), /Nothing/);
  assert.equal(why(after(given("a", "view"), started), "stop"), "");
  assert.notEqual(why(after(), "return"), "");
  const chatting = { ...GRACE, door: "chat" };
  assert.match(why(after({ t: "customer.moved", participant: chatting })), /web chat/);
  assert.notEqual(why(after({ t: "session.ended", reason: "closed", by: "c" })), "");
});

test("after a no the same question waits a minute; after silence it does not", () => {
  const denied = after(asked, over("view", "denied"));
  assert.match(reason(texts, denied, "see", may, NOON + 1000), /Grace said no at 12:00.* 0:59/);
  assert.equal(reason(texts, denied, "see", may, NOON + 60_000), "");
  assert.equal(reason(texts, denied, "control", may, NOON), "");
  assert.equal(reason(texts, after(asked, over("view", "late")), "see", may, NOON), "");
});

test("the last word says why it is over, until something new happens", () => {
  const word = (...facts) => lastWord(texts, after(...facts));
  assert.equal(word(), "");
  assert.match(word(asked, over("view", "denied")), /did not want.* 12:00/);
  assert.equal(word(asked, over("view", "denied"), asked), "");
  assert.match(word(given("a", "view"), started, ended("customer", "c")), /Grace stopped/);
  assert.match(word(given("a", "view"), started, ended("link_lost")), /lost the connection/);
  assert.equal(word(given("a", "view"), started), "");
  assert.match(word(given("a", "view"), started, over("view", "taken"), ended("nobody")), /no longer allows/);
  assert.equal(word(over("view", "denied", "b")), "");
});

test("what happens to others names them, and what happens to oneself does not", () => {
  assert.equal(said(asked), "You asked to see the screen");
  assert.equal(said({ ...asked, by: "b", reason: "the printer" }), "Bob asked to see the screen: “the printer”");
  assert.equal(said(given("a", "control")), "Grace allowed control");
  assert.equal(said(given("b", "control")), "Bob – Grace allowed control");
  assert.equal(said(ended("representative", "a")), "You stopped the share");
  assert.equal(said(ended("representative", "b")), "Bob stopped the share");
});

test("everything that can happen has its sentence", () => {
  const whys = ["denied", "late", "withdrawn", "taken", "returned", "expired"];
  const causes = ["customer", "representative", "link_lost", "nobody"];
  const facts = [
    ...["view", "control"].flatMap((grant) => whys.map((why) => over(grant, why))),
    ...["view", "control"].map((grant) => ({ ...asked, grant })),
    ...causes.map((why) => ended(why, "b")),
    ...["all", "chosen"].map((scope) => ({ ...started, scope })),
    ...["customer", "choosing"].map((why) => ({ t: "share.paused", why })),
  ];
  const sentences = facts.map((fact) => said(fact));
  assert.ok(sentences.every((one) => one.length > 5));
  assert.equal(new Set(sentences).size, sentences.length);
});

test("time that is left is counted down to nothing; what has no end is not counted", () => {
  const fact = { at: NOON };
  assert.equal(left(fact, 600, NOON + 1000), "9:59");
  assert.equal(left(fact, 600, NOON + 9e9), "0:00");
  assert.equal(left(fact, 0, NOON), "");
});
