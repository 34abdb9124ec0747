import assert from "node:assert/strict";
import { test } from "node:test";

import { Keys, typed } from "../../../relay/web/js/screen/keys.js";

const FLAGS = { Control: "ctrlKey", Alt: "altKey", Meta: "metaKey" };

/** A keyboard whose events carry the flags that a browser would give them. */
function board(isMac = false) {
  const keys = new Keys(isMac);
  const flags = { ctrlKey: false, altKey: false, metaKey: false, altGraph: false };
  const set = (key, on) => {
    if (FLAGS[key]) flags[FLAGS[key]] = on;
    if (key === "AltGraph") flags.altGraph = on;
  };
  const brief = (input) => input.map(({ t, code }) => `${t === "key.down" ? "+" : "-"}${code}`).join(" ");
  return {
    keys,
    flags,
    down(code, key, repeat = false) {
      set(key, true);
      const { text, input } = keys.down({ code, key, repeat, ...flags });
      return text ? `text ${brief(input)}`.trim() : brief(input);
    },
    up(code, key) {
      set(key, false);
      return brief(keys.up({ code, key, repeat: false, ...flags }));
    },
    settle: () => brief(keys.settle()),
  };
}

test("letters are text, whatever key they stand on", () => {
  const { down, up } = board();
  for (const [code, key] of [["KeyZ", "y"], ["Semicolon", "ö"], ["Digit2", "é"], ["Space", " "], ["KeyA", "😀"]]) {
    assert.equal(down(code, key), "text");
    assert.equal(up(code, key), "");
  }
});

test("a capital letter is text, and Shift is not held there", () => {
  const { down, up } = board();
  assert.equal(down("ShiftLeft", "Shift"), "");
  assert.equal(down("KeyA", "A"), "text");
  assert.equal(up("KeyA", "A"), "");
  assert.equal(up("ShiftLeft", "Shift"), "");
});

test("what is no text goes by its place, repeats included", () => {
  const { down, up } = board();
  assert.equal(down("Enter", "Enter"), "+Enter");
  assert.equal(down("Enter", "Enter", true), "+Enter");
  assert.equal(up("Enter", "Enter"), "-Enter");
  assert.equal(down("F5", "F5"), "+F5");
  assert.equal(down("Tab", "Tab"), "+Tab");
});

test("a chord holds its modifiers from the other key on", () => {
  const { down, up } = board();
  assert.equal(down("ControlLeft", "Control"), "");
  assert.equal(down("ShiftLeft", "Shift"), "");
  assert.equal(down("KeyT", "T"), "+ControlLeft +ShiftLeft +KeyT");
  assert.equal(up("KeyT", "T"), "-KeyT");
  assert.equal(up("ShiftLeft", "Shift"), "-ShiftLeft");
  assert.equal(up("ControlLeft", "Control"), "-ControlLeft");
});

test("a click takes the modifiers with it", () => {
  const { down, up, settle } = board();
  down("ControlLeft", "Control");
  assert.equal(settle(), "+ControlLeft");
  assert.equal(settle(), "");
  assert.equal(up("ControlLeft", "Control"), "-ControlLeft");
});

test("Alt and the Windows key do something alone, Shift and Control do not", () => {
  const { down, up } = board();
  for (const [code, key, told] of [
    ["AltLeft", "Alt", "+AltLeft -AltLeft"],
    ["MetaLeft", "Meta", "+MetaLeft -MetaLeft"],
    ["ShiftLeft", "Shift", ""],
    ["ControlLeft", "Control", ""],
  ]) {
    assert.equal(down(code, key), "");
    assert.equal(down(code, key, true), "");
    assert.equal(up(code, key), told);
  }
});

test("AltGr makes text; the Control that Windows adds is nobody's", () => {
  const { down, up } = board();
  assert.equal(down("ControlLeft", "Control"), "");
  assert.equal(down("AltRight", "AltGraph"), "text");
  assert.equal(down("KeyE", "€"), "text");
  assert.equal(up("KeyE", "€"), "");
  assert.equal(up("ControlLeft", "Control"), "");
  assert.equal(up("AltRight", "AltGraph"), "");
});

test("a Control that was sent already goes up for AltGr", () => {
  const { down } = board();
  down("ControlLeft", "Control");
  assert.equal(down("ArrowLeft", "ArrowLeft"), "+ControlLeft +ArrowLeft");
  assert.equal(down("AltRight", "AltGraph"), "text -ControlLeft");
});

test("dead keys and input methods are left to the browser", () => {
  const { down, up } = board();
  for (const key of ["Dead", "Process", "Unidentified"]) {
    assert.equal(down("Quote", key), "text");
    assert.equal(up("Quote", key), "");
  }
});

test("Option makes letters on a Mac, and no menu opens after it", () => {
  const { down, up } = board(true);
  assert.equal(down("AltLeft", "Alt"), "");
  assert.equal(down("KeyL", "@"), "+AltLeft +KeyL");
  const other = board(true);
  other.down("AltLeft", "Alt");
  assert.equal(other.down("KeyO", "ø"), "text");
  assert.equal(other.up("AltLeft", "Alt"), "");
  assert.equal(up("KeyL", "@"), "-KeyL");
});

test("what a Mac never tells goes up with Command", () => {
  const { down, up } = board(true);
  down("MetaLeft", "Meta");
  assert.equal(down("KeyC", "c"), "+MetaLeft +KeyC");
  assert.equal(up("MetaLeft", "Meta"), "-KeyC -MetaLeft");
  assert.equal(up("KeyC", "c"), "");
});

test("a key without a place is nothing, and after all is forgotten nothing goes up", () => {
  const { keys, down, up } = board();
  assert.equal(down("", "LaunchMail"), "");
  down("ArrowUp", "ArrowUp");
  keys.forget();
  assert.equal(up("ArrowUp", "ArrowUp"), "");
});

test("long text goes in pieces, and no character is cut", () => {
  const pieces = typed("😀".repeat(450)).map(({ text }) => [...text].length);
  assert.deepEqual(pieces, [200, 200, 50]);
  assert.deepEqual(typed(""), []);
  assert.deepEqual(typed("a\ud83d"), [{ t: "typed", text: "a" }]);
});
