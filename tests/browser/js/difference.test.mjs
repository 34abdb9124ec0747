import assert from "node:assert/strict";
import { test } from "node:test";

import { difference } from "../../../relay/web/js/pages/admin/customer/difference.js";

/** A row as `+ so [this] changed`. */
const look = ({ kind, pieces }) =>
  ({ same: " ", added: "+", removed: "-" })[kind] + pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");
const looks = (older, newer) => difference(older, newer).map(look);

test("what is the same is not marked", () => {
  assert.deepEqual(looks("a\n\nb", "a\n\nb"), [" a", " ", " b"]);
});

test("lines come and go", () => {
  assert.deepEqual(looks("a\nb\nc", "a\nc\nd"), [" a", "-[b]", " c", "+[d]"]);
});

test("in a changed line the words are marked", () => {
  assert.deepEqual(looks("Hello, dear Ada.", "Hello, good Ada!"), ["-Hello, [dear] Ada[.]", "+Hello, [good] Ada[!]"]);
});

test("umlauts, accents and emoji are parts of words", () => {
  assert.deepEqual(looks("schöne Grüße 👋", "schöne Tage 👋"), ["-schöne [Grüße] 👋", "+schöne [Tage] 👋"]);
});

test("either side can be read out of the rows", () => {
  const letters = "ab\n ";
  let seed = 7;
  const next = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const text = () => Array.from({ length: next(24) }, () => letters[next(letters.length)]).join("");
  for (let n = 0; n < 500; n += 1) {
    const [older, newer] = [text(), text()];
    const rows = difference(older, newer);
    const side = (kind) =>
      rows.filter((row) => row.kind === "same" || row.kind === kind).map((row) => row.pieces.map((piece) => piece.text).join("")).join("\n");
    assert.equal(side("removed"), older);
    assert.equal(side("added"), newer);
  }
});
