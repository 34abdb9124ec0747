import assert from "node:assert/strict";
import { test } from "node:test";

import { lasted } from "../../../relay/web/js/core/time.js";
import { arrivals } from "../../../relay/web/js/pages/console/attend/arrivals.js";
import { attendance, limitOf } from "../../../relay/web/js/pages/console/attend/idleness.js";

const GENERAL = { kind: "general", id: "", name: "" };
const entry = (session, more = {}) => ({ session, invitation: "", queue: GENERAL, preparing: false, ...more });
const fresh = (known, queue) => arrivals(known, queue).fresh.map(({ session }) => session);
const knows = (...queue) => arrivals(null, queue).known;
const MINUTE = 60_000;

test("who opens the console is not called for those who wait already", () => {
  assert.deepEqual(fresh(null, [entry("a")]), []);
});

test("each is new once, also after others have left", () => {
  const known = knows(entry("a"));
  assert.deepEqual(fresh(known, [entry("a"), entry("b")]), ["b"]);
  assert.deepEqual(fresh(knows(entry("a"), entry("b")), [entry("b")]), []);
});

test("who is still asked something first comes when they can be taken", () => {
  const early = entry("a", { preparing: true });
  assert.deepEqual(fresh(knows(), [early]), []);
  assert.deepEqual(fresh(knows(early), [entry("a")]), ["a"]);
});

test("who was passed on, and who invites, comes anew", () => {
  const team = { kind: "team", id: "t", name: "T" };
  assert.deepEqual(fresh(knows(entry("a")), [entry("a", { queue: team })]), ["a"]);
  assert.deepEqual(fresh(knows(entry("a")), [entry("a"), entry("a", { invitation: "i" })]), ["a"]);
});

test("who touches nothing is warned a minute before they count as away", () => {
  const at = (minutes) => attendance(minutes * MINUTE, 5);
  assert.deepEqual([0, 3.99, 4, 4.99, 5, 500].map(at), ["here", "here", "soon", "soon", "away", "away"]);
});

test("who never wants to be away by themselves never is", () => {
  assert.equal(attendance(1e12, 0), "here");
});

test("what is stored and no choice is the usual one", () => {
  assert.deepEqual(["0", "5", "60", "", "7", "x", "-5", "Infinity"].map(limitOf), [0, 5, 60, 30, 30, 30, 30, 30]);
});

test("a long talk is told in hours", () => {
  const said = [-5, 0, 59_999, 61_000, 3_599_999, 3_600_000, 3_661_000, 36_000_000].map(lasted);
  assert.deepEqual(said, ["0:00", "0:00", "0:59", "1:01", "59:59", "1:00:00", "1:01:01", "10:00:00"]);
});
