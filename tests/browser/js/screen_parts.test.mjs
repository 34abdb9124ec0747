import assert from "node:assert/strict";
import { test } from "node:test";

import { Age } from "../../../relay/web/js/screen/age.js";
import { Batch } from "../../../relay/web/js/screen/batch.js";
import { percent, pixelAt, placed, SIZES, stepped } from "../../../relay/web/js/screen/geometry.js";
import { news } from "../../../relay/web/js/screen/news.js";
import { jpeg, jpegSize } from "../../../relay/web/js/screen/payloads.js";
import { Sequence } from "../../../relay/web/js/screen/sequence.js";
import { Turns } from "../../../relay/web/js/screen/wheel.js";

const move = (x) => ({ t: "move", x, y: 0 });
const press = { t: "press", button: "left", x: 1, y: 1 };
const release = { t: "release", button: "left", x: 1, y: 1 };

test("nothing is decoded before a key frame, nor after a gap until the next one", () => {
  const sequence = new Sequence();
  const took = [[1, false], [2, true], [3, false], [5, false], [6, false], [7, true], [8, false]];
  assert.deepEqual(took.map(([seq, key]) => sequence.take(seq, key)), [false, true, true, false, false, true, true]);
});

test("what is old or repeated is not decoded, be it a key frame", () => {
  const sequence = new Sequence();
  assert.equal(sequence.take(4, true), true);
  assert.equal(sequence.take(4, true), false);
  assert.equal(sequence.take(3, true), false);
  assert.equal(sequence.take(5, false), true);
});

test("a key frame is asked for at once, then every half second until it comes", () => {
  const sequence = new Sequence();
  assert.deepEqual([0, 100, 499, 500, 600].map((now) => sequence.asks(now)), [true, false, false, true, false]);
  sequence.take(1, true);
  assert.equal(sequence.asks(5000), false);
  sequence.broken();
  assert.equal(sequence.asks(5000), true);
});

test("two beats ahead of everything that came mean a lost frame; one may have overtaken it", () => {
  const sequence = new Sequence();
  sequence.take(1, true);
  sequence.beat(1);
  sequence.beat(2);
  assert.equal(sequence.asks(0), false);
  sequence.partCame();
  sequence.beat(2);
  assert.equal(sequence.asks(0), false);
  sequence.beat(2);
  assert.equal(sequence.asks(0), true);
});

test("the age is told from one second on, and begins anew with each sign of life", () => {
  const age = new Age();
  assert.equal(age.seconds(9e9), 0);
  age.fresh(1000);
  assert.deepEqual([1500, 2000, 2001, 4900].map((now) => age.seconds(now)), [0, 0, 1, 3]);
  age.fresh(4900);
  assert.equal(age.seconds(5000), 0);
  age.none();
  assert.equal(age.seconds(9e9), 0);
});

test("of places in a row the newest counts, between other events", () => {
  const batch = new Batch();
  for (const event of [move(1), move(2), press, move(3), move(4), release, move(5)]) batch.add(event, 7);
  assert.deepEqual(batch.take(), [{ frame: 7, events: [move(2), press, move(4), release, move(5)] }]);
  assert.equal(batch.isEmpty, true);
});

test("each batch belongs to one frame and holds no more than it may, in order", () => {
  const batch = new Batch();
  batch.add(press, 1);
  batch.add(release, 2);
  for (let n = 0; n < 120; n += 1) batch.add({ t: "key.down", code: `F${n}` }, 2);
  const batches = batch.take();
  assert.deepEqual(batches.map(({ frame, events }) => [frame, events.length]), [[1, 1], [2, 100], [2, 21]]);
  const codes = batches.flatMap(({ events }) => events.map(({ code }) => code)).filter(Boolean);
  assert.deepEqual(codes, Array.from({ length: 120 }, (_, n) => `F${n}`));
});

test("every pixel is found at its own middle and just inside its edges, at each size and ratio", () => {
  const picture = { width: 1367, height: 769 };
  for (const ratio of [1, 1.25, 1.5, 2, 3]) {
    for (const size of ["fit", ...SIZES]) {
      const frame = { left: 270.4, top: 117.6, width: 823.3, height: 471.7 };
      const at = placed(picture, frame, size, ratio);
      const place = { ...at, left: frame.left + at.left, top: frame.top + at.top };
      for (const x of [0, 1, 682, 683, 1365, 1366]) {
        const step = place.width / picture.width;
        for (const within of [0.001, 0.5, 0.999]) {
          const point = { x: place.left + (x + within) * step, y: place.top };
          assert.deepEqual(pixelAt(picture, place, point), { x, y: 0 }, `${x} at ${size}, ratio ${ratio}`);
        }
      }
    }
  }
});

test("beside the picture the nearest pixel is meant", () => {
  const place = { left: 10, top: 10, width: 100, height: 50 };
  assert.deepEqual(pixelAt({ width: 200, height: 100 }, place, { x: 0, y: 999 }), { x: 0, y: 99 });
  assert.deepEqual(pixelAt({ width: 200, height: 100 }, place, { x: 110, y: 60 }), { x: 199, y: 99 });
});

test("at 100 percent a pixel of the picture is one of the device, and edges lie on pixels", () => {
  const picture = { width: 641, height: 401 };
  for (const ratio of [1, 1.25, 1.5, 2]) {
    const frame = { left: 270.4, top: 117.6, width: 900, height: 700 };
    const { left, top, width } = placed(picture, frame, 100, ratio);
    assert.ok(Math.abs(width * ratio - picture.width) < 1e-9);
    for (const edge of [frame.left + left, frame.top + top]) {
      assert.ok(Math.abs(edge * ratio - Math.round(edge * ratio)) < 1e-6, `${edge} at ${ratio}`);
    }
    assert.equal(percent(picture, frame, 100, ratio), 100);
  }
});

test("a picture is made smaller to fit, never larger, and stays in its frame", () => {
  const frame = { left: 0, top: 0, width: 800, height: 600 };
  const large = placed({ width: 1920, height: 1080 }, frame, "fit", 1);
  assert.deepEqual(large, { left: 0, top: 75, width: 800, height: 450 });
  assert.deepEqual(placed({ width: 100, height: 100 }, frame, "fit", 1), { left: 350, top: 250, width: 100, height: 100 });
  assert.equal(placed({ width: 100, height: 100 }, frame, "fit", 2).width, 50);
});

test("the zoom goes by its steps from wherever it is, and stops at its ends", () => {
  assert.deepEqual([37, 100, 400].map((now) => stepped(now, 1)), [50, 125, 400]);
  assert.deepEqual([37, 100, 25, 12].map((now) => stepped(now, -1)), [25, 75, 25, 25]);
});

test("the wheel is counted in notches, whatever the browser counts in", () => {
  const turn = (deltaY, deltaMode = 0) => new Turns().take({ deltaX: 0, deltaY, deltaMode });
  assert.deepEqual(turn(100), { dx: 0, dy: 120 });
  assert.deepEqual(turn(-3, 1), { dx: 0, dy: -120 });
  assert.deepEqual(turn(1, 2), { dx: 0, dy: 120 });
  assert.deepEqual(turn(1e9), { dx: 0, dy: 6000 });
  assert.equal(turn(0), null);
});

test("small turns add up to what was turned", () => {
  const turns = new Turns();
  const told = Array.from({ length: 50 }, () => turns.take({ deltaX: 0, deltaY: 0.5, deltaMode: 0 })?.dy ?? 0);
  assert.equal(told.reduce((sum, dy) => sum + dy, 0), 30);
  assert.ok(told.includes(0));
});

const said = (message) => news(new TextEncoder().encode(typeof message === "string" ? message : JSON.stringify(message)));
const monitor = { id: 1, name: "Left", x: 0, y: 0, width: 10, height: 10 };
const layout = { t: "layout", number: 1, monitors: [monitor], shown: 1, width: 10, height: 10 };

test("news of the screen are read", () => {
  assert.deepEqual(said(layout), { ...layout, monitors: [{ ...monitor, scale: 100 }] });
  assert.deepEqual(said({ t: "obstacles", view: "locked", control: null }), { t: "obstacles", view: "locked", control: null });
  assert.deepEqual(said({ t: "input.resting", restMs: 2000 }), { t: "input.resting", restMs: 2000 });
  const refused = { t: "input.refused", to: 1, seq: 3, why: "moved" };
  assert.deepEqual(said(refused), refused);
});

test("an obstacle that only a later version knows is none here", () => {
  assert.deepEqual(said({ t: "obstacles", view: "fog" }), { t: "obstacles", view: null, control: null });
});

for (const [what, message] of Object.entries({
  "no JSON": "{",
  nothing: "null",
  "a number": "3",
  "no UTF-8": "\ud800",
  "an unknown kind": { t: "boom" },
  "a monitor without a place": { ...layout, monitors: [{ id: 1 }] },
  "no list of monitors": { ...layout, monitors: "all" },
  "a thousand monitors": { ...layout, monitors: Array(1000).fill(monitor) },
  "a fraction": { t: "input.resting", restMs: 0.5 },
  "an unknown refusal": { t: "input.refused", to: 1, seq: 1, why: "toString" },
})) {
  test(`news that are ${what} are refused`, () => assert.throws(() => said(message), RangeError));
}

const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 1, 0, 0, 0];

/** One rectangle of 30x20, with these bytes. */
const rectangle = (x, y, width, height, bytes, length = bytes.length) =>
  new Uint8Array([0, x, 0, y, 0, width, 0, height, 0, 0, 0, length, ...bytes]);

test("a JPEG says its own size", () => {
  assert.deepEqual(jpegSize(new Uint8Array(JPEG)), [30, 20]);
  for (let length = 0; length < 17; length += 1) {
    assert.throws(() => jpegSize(new Uint8Array(JPEG.slice(0, length))), RangeError, `${length} bytes`);
  }
});

test("a JPEG is as large as its rectangle, or half of it each way, rounded up", () => {
  const of = (width, height) => jpeg({ kind: 5, x: 0, y: 0, width, height, data: new Uint8Array(JPEG) }).isWhole;
  assert.equal(of(30, 20), true);
  for (const [width, height] of [[60, 40], [59, 39], [60, 39]]) assert.equal(of(width, height), false);
  for (const [width, height] of [[30, 40], [29, 20], [61, 40], [58, 40], [15, 10]]) {
    assert.throws(() => of(width, height), RangeError, `${width}x${height}`);
  }
});
