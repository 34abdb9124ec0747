import assert from "node:assert/strict";
import { test } from "node:test";

import { further, isLast, pauseS } from "../../../relay/web/js/pages/program/steps.js";

const STEPS = ["waiting", "fetched", "joined", "over"];

test("what was reached is never taken back", () => {
  for (const [at, shown] of STEPS.entries())
    for (const [told, step] of STEPS.entries()) assert.equal(further(shown, step), STEPS[Math.max(at, told)]);
});

test("nothing is asked when nothing more can come", () => {
  assert.deepEqual(STEPS.filter(isLast), ["joined", "over"]);
});

test("the questions come every two seconds at first, and then less and less", () => {
  const pauses = Array.from({ length: 500 }, (_, n) => pauseS(n));
  assert.equal(pauses[0], 2);
  assert.equal(pauses.at(-1), 10);
  assert.deepEqual(pauses, pauses.toSorted((one, other) => one - other));
});
