import assert from "node:assert/strict";
import { test } from "node:test";

import { follow } from "../../../relay/web/js/pages/console/queue_order.js";

const entry = (session) => ({ session });
const look = (shown) => shown.map(({ entry: { session }, gone }) => (gone ? `(${session})` : session));
const queue = (...sessions) => sessions.map(entry);

test("nobody aims: the queue itself, in its order", () => {
  const shown = follow([], queue("a", "b"), false);
  assert.deepEqual(look(follow(shown, queue("b", "c"), false)), ["b", "c"]);
});

test("somebody aims: everything keeps its place", () => {
  const shown = follow([], queue("a", "b", "c"), false);
  const held = follow(shown, queue("new", "c", "b"), true);
  assert.deepEqual(look(held), ["(a)", "b", "c", "new"]);
  assert.deepEqual(look(follow(held, queue("new", "c"), true)), ["(a)", "(b)", "c", "new"]);
  assert.deepEqual(look(follow(held, queue("new", "c"), false)), ["new", "c"]);
});

test("a held entry shows what is true now", () => {
  const shown = follow([], [{ session: "a", present: true }], false);
  const [held] = follow(shown, [{ session: "a", present: false }], true);
  assert.equal(held.entry.present, false);
});
