import assert from "node:assert/strict";
import { test } from "node:test";

import { ALL, entryKey, follow, ownQueues, parts } from "../../../relay/web/js/pages/console/queue_order.js";

const GENERAL = { kind: "general", id: "", name: "" };
const MINE = { kind: "personal", id: "u-ada", name: "Ada" };
const team = (name) => ({ kind: "team", id: name.toLowerCase(), name });
const entry = (session, queue = GENERAL, more = {}) => ({ session, invitation: "", queue, ...more });
const look = (shown) => shown.map(({ entry: { session }, gone }) => (gone ? `(${session})` : session));
const queue = (...sessions) => sessions.map((session) => entry(session));
const shownOf = (...entries) => follow([], entries, false);

test("nobody aims: the queue itself, in its order", () => {
  const shown = shownOf(...queue("a", "b"));
  assert.deepEqual(look(follow(shown, queue("b", "c"), false)), ["b", "c"]);
});

test("somebody aims: everything keeps its place", () => {
  const shown = shownOf(...queue("a", "b", "c"));
  const held = follow(shown, queue("new", "c", "b"), true);
  assert.deepEqual(look(held), ["(a)", "b", "c", "new"]);
  assert.deepEqual(look(follow(held, queue("new", "c"), true)), ["(a)", "(b)", "c", "new"]);
  assert.deepEqual(look(follow(held, queue("new", "c"), false)), ["new", "c"]);
});

test("a held entry shows what is true now", () => {
  const shown = shownOf(entry("a", GENERAL, { present: true }));
  const [held] = follow(shown, [entry("a", GENERAL, { present: false })], true);
  assert.equal(held.entry.present, false);
});

test("who was passed on stands in the new queue, and does not jump out of the old one", () => {
  const shown = shownOf(entry("a"), entry("b"));
  const held = follow(shown, [entry("a", team("Second")), entry("b")], true);
  assert.deepEqual(look(held), ["(a)", "b", "a"]);
});

test("two invitations into one session are two entries", () => {
  const one = entry("a", MINE, { invitation: "i1" });
  const other = entry("a", MINE, { invitation: "i2" });
  assert.notEqual(entryKey(one), entryKey(other));
  assert.deepEqual(look(follow(shownOf(one, other), [other], true)), ["(a)", "a"]);
});

test("one's own queue first, then teams by name, then the general one; empty ones not at all", () => {
  const shown = shownOf(entry("g"), entry("z", team("Zebra")), entry("m", MINE), entry("a", team("Apple")), entry("z2", team("Zebra")));
  const found = parts(shown, ALL).map(({ queue: { kind, name }, rows }) => [kind, name, look(rows)]);
  assert.deepEqual(found, [
    ["personal", "Ada", ["m"]],
    ["team", "Apple", ["a"]],
    ["team", "Zebra", ["z", "z2"]],
    ["general", "", ["g"]],
  ]);
});

test("a filter shows one queue only", () => {
  const shown = shownOf(entry("g"), entry("z", team("Zebra")), entry("m", MINE));
  const only = (filter) => parts(shown, filter).flatMap(({ rows }) => look(rows));
  assert.deepEqual(only("team zebra"), ["z"]);
  assert.deepEqual(only("personal"), ["m"]);
  assert.deepEqual(only("general"), ["g"]);
  assert.deepEqual(only("team gone"), []);
});

test("one's queues are one's own, those of one's teams, and the general one", () => {
  const teams = [
    { id: "z", name: "Zebra", mine: true, onDuty: 1 },
    { id: "x", name: "Other", mine: false, onDuty: 1 },
    { id: "a", name: "Apple", mine: true, onDuty: 0 },
  ];
  assert.deepEqual(ownQueues(teams).map(({ kind, id }) => [kind, id]), [
    ["personal", ""],
    ["team", "a"],
    ["team", "z"],
    ["general", ""],
  ]);
});
