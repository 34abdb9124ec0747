import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Lanes } from "../../../relay/web/js/chat/files/lanes.js";
import { fileEvent } from "../../../relay/web/js/chat/files/lines.js";
import { transfersOf } from "../../../relay/web/js/chat/files/list.js";
import { isBlocked, savedName, sentName, shownName } from "../../../relay/web/js/chat/files/names.js";
import { sampled, speed } from "../../../relay/web/js/chat/files/rate.js";
import { unfit, whyNotAsk, whyNotOffer } from "../../../relay/web/js/chat/files/reasons.js";
import { Sha256 } from "../../../relay/web/js/chat/files/sha256.js";
import { cardOf, STILL } from "../../../relay/web/js/chat/files/standing.js";
import { percent, progress, size, timeLeft } from "../../../relay/web/js/chat/files/words.js";
import { applyAll } from "../../../relay/web/js/core/sharing.js";
import { Texts } from "../../../relay/web/js/core/texts.js";
import { heard, unknown } from "../../../relay/web/js/core/view.js";
import { actReason, askReason } from "../../../relay/web/js/pages/console/files/reasons.js";
import { LEGAL } from "../../../relay/web/js/protocol_more.js";

const catalogue = (language) =>
  new Texts(language, JSON.parse(readFileSync(new URL(`../../../protocol/texts/${language}.json`, import.meta.url), "utf8")));
const texts = catalogue("en");
const NOON = new Date(2026, 4, 4, 12).getTime();
const QUEUE = { kind: "general", id: "", name: "" };
const person = (id, role, name) => ({ id, role, name, door: "session", system: "" });
const FACTS = [
  { t: "session.opened", participant: person("c", "customer", "Grace"), queue: QUEUE },
  { t: "session.accepted", participant: person("a", "representative", "Ada") },
  { t: "representative.joined", participant: person("b", "representative", "Bob"), by: "a" },
];
const OFF = { state: "off", share: 0, epoch: 0, scope: "all", why: null, asked: [], held: [] };
const lists = { participants: [], left: [], answers: [], notices: [], invitations: [], log: [], notes: [], files: [] };
const empty = { session: "", state: "waiting", queue: QUEUE, question: null, ...lists, sharing: OFF, seq: 0, deskSeq: 0 };
const RULES = { fromCustomer: true, toCustomer: true, mostBytes: 1000, mostFiles: 3, blocked: ["*.exe"] };
const ENDS = ["declined", "cancelled", "stopped", "unreadable", "no_room", "full", "damaged", "blocked", "unchecked", "lost"];

const asked = (by = "a", id = "t") => ({ t: "file.asked", by, id, reason: "The log" });
const offered = (by, id = "t") => ({ t: "file.offered", by, id, name: "report.pdf", size: 400 });
const accepted = (by, id = "t") => ({ t: "file.accepted", by, id });
const stored = { t: "file.stored", id: "t", sha256: "ab".repeat(32) };
const taken = (by) => ({ t: "file.taken", by, id: "t" });
const over = (by, why, id = "t") => ({ t: "file.over", by, id, why });

/** The view of `me` after these facts, numbered from 1, all at noon. */
function after(me, ...facts) {
  const welcome = { t: "welcome", participant: me, snapshot: empty, present: ["c"], seen: {}, files: RULES };
  const numbered = [...FACTS, ...facts].map((fact, at) => ({ at: NOON, ...fact, seq: at + 1 }));
  const start = { ...unknown(me === "c" ? "customer" : "representative", LEGAL.session), link: { name: "online" } };
  return [welcome, ...numbered].reduce((view, one) => ({ ...view, ...heard(view, one, NOON, applyAll) }), start);
}

const card = (view, moving = {}) => cardOf(view, transfersOf(view).at(-1), { ...STILL, ...moving }, texts);

test("sums are those of the standard, however the bytes come", () => {
  const known = {
    "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    abc: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq:
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  };
  for (const [text, sum] of Object.entries(known)) {
    const digest = new Sha256();
    digest.update(new TextEncoder().encode(text));
    assert.equal(digest.hex(), sum);
  }
  for (let length = 0; length < 200; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 37 + length) & 255);
    const digest = new Sha256();
    for (let at = 0; at < length; at += 1 + (length % 70)) digest.update(bytes.subarray(at, at + 1 + (length % 70)));
    assert.equal(digest.hex(), createHash("sha256").update(bytes).digest("hex"), String(length));
  }
  const much = new Uint8Array(3 * 1024 * 1024 + 5).fill(7);
  const digest = new Sha256();
  digest.update(much.subarray(1));
  assert.equal(digest.hex(), createHash("sha256").update(much.subarray(1)).digest("hex"));
});

test("no name turns letters, leads out of a folder or loses its ending", () => {
  assert.equal(shownName("a\u202efdp.exe\u2066"), "afdp.exe");
  assert.equal(shownName("\u200b\u0000 "), "?");
  assert.equal(savedName("../../a\\b:c\u202e.txt. "), "_.._a_b_c.txt");
  assert.equal(savedName("..."), "_");
  assert.equal(sentName("\ud800x"), "\ufffdx");
  assert.equal(sentName("  "), "_");
  const long = sentName(`${"😀".repeat(400)}.tar`);
  assert.equal([...long].length, 255);
  assert.ok(long.endsWith("😀.tar"));
});

test("patterns bar names however they are written", () => {
  for (const name of ["a.exe", "A.EXE", "a.exe. ", "a.exe:stream", "ａ.ｅｘｅ"]) assert.ok(isBlocked(name, ["*.exe"]), name);
  for (const name of ["a.exe.txt", "exe", "a.ex"]) assert.ok(!isBlocked(name, ["*.exe"]), name);
  assert.ok(isBlocked("a1.js", ["a[0-9].js"]));
  assert.ok(!isBlocked("a1.js", ["a[!0-9].js"]));
  assert.ok(isBlocked("x(1).$", ["?(1).$"]));
  assert.ok(!isBlocked("anything", ["[z-a]", ""]));
});

test("sizes, speeds and times are said shortly", () => {
  assert.equal(size(texts, 1), "1 byte");
  assert.equal(size(texts, 999), "999 bytes");
  assert.equal(size(texts, 3_140_000), "3.1\u00a0MB");
  assert.equal(size(catalogue("de"), 1_500_000_000), "1,5\u00a0GB");
  assert.deepEqual([0.2, 59, 90, 7300, Infinity].map((s) => timeLeft(texts, s)), ["1 s left", "59 s left", "2 min left", "2 h left", ""]);
  assert.equal(progress(texts, 500, 1000, 100), "50 % · 100 bytes/s · 5 s left");
  assert.equal(progress(texts, 0, 1000, 0), "0 %");
  assert.deepEqual([percent(999, 1000), percent(1000, 1000), percent(0, 0)], [99, 100, 100]);
});

test("the speed is that of the last seconds, and starts anew where less is there than before", () => {
  let samples = [];
  for (let at = 0; at <= 20_000; at += 1000) samples = sampled(samples, at, at < 10_000 ? 0 : (at - 10_000) * 2);
  assert.equal(speed(samples), 2000);
  assert.deepEqual(sampled(samples, 21_000, 5), [{ at: 21_000, done: 5 }]);
  assert.equal(speed([{ at: 0, done: 0 }, { at: 10, done: 100 }]), 0);
});

test("only so many run at a time, and in turn", async () => {
  const lanes = new Lanes(2);
  const told = [];
  let most = 0;
  let now = 0;
  const one = (name) =>
    lanes.run(async () => {
      most = Math.max(most, (now += 1));
      await Promise.resolve();
      told.push(name);
      now -= 1;
      if (name === "broken") throw new Error(name);
    });
  await Promise.allSettled([one("a"), one("broken"), one("b"), one("c")]);
  assert.deepEqual([told, most, now], [["a", "broken", "b", "c"], 2, 0]);
});

test("a file has one card where it begins, and a line where it ends", () => {
  const view = after("a", asked(), offered("c"), stored, taken("a"));
  const said = view.snapshot.log.map((fact) => fileEvent(fact, view, texts)).filter(Boolean);
  assert.deepEqual(said, [
    { kind: "file", key: "file t", id: "t" },
    "report.pdf has arrived. SHA\u2011256 abababab…abababab",
  ]);
});

test("what can be done follows the table, for each side", () => {
  const acts = (me, ...facts) => card(after(me, ...facts)).acts;
  assert.deepEqual(["c", "a", "b"].map((me) => acts(me, asked())), [["refuse", "choose"], ["cancel"], []]);
  assert.deepEqual(["c", "a", "b"].map((me) => acts(me, offered("c"))), [["cancel"], ["decline", "accept"], ["decline", "accept"]]);
  assert.deepEqual(["c", "a", "b"].map((me) => acts(me, offered("a"))), [["decline", "accept"], ["cancel"], []]);
  const sent = [offered("c"), accepted("a"), stored];
  assert.deepEqual(["c", "a"].map((me) => acts(me, ...sent)), [[], ["cancel", "fetch"]]);
  assert.deepEqual(["c", "a"].map((me) => acts(me, ...sent, taken("a"))), [[], ["resave"]]);
  assert.deepEqual(acts("a", ...sent, { t: "session.ended", by: "c", reason: "closed" }), []);
});

test("a sender without the file is asked for it again", () => {
  const view = after("c", offered("c"), accepted("a"));
  assert.deepEqual(card(view).acts, ["cancel", "again"]);
  assert.equal(card(view).done, null);
  const held = card(view, { held: true, samples: [{ at: 0, done: 100 }] });
  assert.deepEqual([held.acts, held.done, held.under], [["cancel"], 25, "25 %"]);
  assert.match(card(view, { held: true, lost: true }).words, /by itself/);
});

test("what a person has asked for is not asked twice", () => {
  const view = after("a", offered("c"));
  const pending = [{ request: { t: "file.accept", id: "r", transfer: "t" }, at: NOON, why: "" }];
  assert.deepEqual(card({ ...view, pending }).acts, []);
});

test("an offer that waits for the link is there, and can be seen", () => {
  const request = { t: "file.offer", id: "r", transfer: "u", name: "a.txt", size: 3 };
  const view = { ...after("c"), pending: [{ request, at: NOON, why: "" }] };
  assert.equal(card(view).words, texts.t("file.pending"));
});

test("every end has its words on both sides, with the name of who ended it", () => {
  for (const language of ["en", "de"]) {
    for (const why of ENDS) {
      for (const me of ["c", "a"]) {
        for (const by of ["c", "a", ""]) {
          const view = after(me, offered("c"), over(by, why));
          const words = cardOf(view, transfersOf(view)[0], STILL, catalogue(language)).words;
          assert.ok(words.length > 5 && !words.includes("{"), `${why} ${by}`);
        }
      }
    }
  }
  assert.equal(card(after("a", asked(), over("c", "declined"))).words, "Grace sends no file.");
  assert.equal(card(after("c", asked(), over("c", "declined"))).words, "You send no file.");
});

test("what ends with somebody who goes is over", () => {
  const left = { t: "representative.left", by: "a", why: "left" };
  assert.deepEqual(transfersOf(after("b", offered("a"), left)).map(({ state, why }) => [state, why]), [["over", "gone"]]);
});

test("what is not accepted is said before anything is sent", () => {
  const view = after("c");
  assert.equal(unfit(texts, view, { name: "a.txt", size: 1000 }), "");
  assert.match(unfit(texts, view, { name: "a.txt", size: 1001 }), /1 kB\b|At most/);
  assert.match(unfit(texts, view, { name: "b\u202e.EXE", size: 1 }), /^b.EXE: /);
  assert.equal(whyNotOffer(texts, view), "");
  const off = { ...view, rules: { ...RULES, fromCustomer: false } };
  assert.equal(whyNotOffer(texts, off), texts.t("error.files_off"));
  assert.equal(whyNotOffer(texts, { ...after("a"), rules: off.rules }), "");
  assert.equal(whyNotAsk(texts, { ...after("a"), rules: off.rules }, true), texts.t("error.files_off"));
  assert.equal(whyNotOffer(texts, after("a"), false), texts.t("console.share_forbidden"));
  const three = ["1", "2", "3"].map((id) => offered("c", id));
  assert.equal(whyNotOffer(texts, after("c", ...three)), texts.t("error.too_many_files"));
  assert.equal(whyNotOffer(texts, after("c", ...three, over("c", "cancelled", "2"))), "");
});

test("a no is heard for a minute", () => {
  const view = after("a", asked(), over("c", "declined"));
  const may = () => true;
  assert.equal(askReason(texts, view, may, NOON + 20_000), "Grace said no at 12:00. You can ask again in 0:40");
  assert.equal(askReason(texts, view, may, NOON + 60_000), "");
  assert.equal(askReason(texts, after("a", asked("b"), over("c", "declined")), may, NOON), "");
  assert.equal(actReason(texts, "accept", () => false), texts.t("console.share_forbidden"));
  assert.equal(actReason(texts, "decline", () => false), "");
});
