/**
 * What a key of the representative's keyboard becomes at the customer's. Pure: events come in,
 * input goes out.
 *
 * Text is sent as text, so that it arrives whatever layout the customer's keyboard has, AltGr, dead
 * keys and input methods included. Everything else goes by the key's place on the keyboard. A
 * modifier is sent only when something needs it that is no text: else it would be held down there
 * while the text is typed.
 */

import { LIMITS } from "../protocol_more.js";

/** @import { AnyInput } from "../protocol.js" */

/**
 * The part of a `KeyboardEvent` that matters.
 * @typedef {object} Stroke
 * @property {string} code
 * @property {string} key
 * @property {boolean} repeat
 * @property {boolean} ctrlKey
 * @property {boolean} altKey
 * @property {boolean} metaKey
 * @property {boolean} altGraph
 */

const CODE = /^[A-Z][A-Za-z0-9]{0,23}$/;
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "OS"]);

/** Pressed and let go alone, these do something: a menu opens. */
const ALONE = /^(Alt|Meta|OS)/;

/** Keys that the browser leaves to its own handling of text. */
const COMPOSING = new Set(["Dead", "Process", "Compose", "Unidentified"]);

export class Keys {
  /** @param {boolean} isMac where Option makes letters */
  constructor(isMac) {
    this._isMac = isMac;
    /** @type {Set<string>} Modifiers that are down here and not there. */
    this._pending = new Set();
    /** Whether text was made with them, so that they do nothing alone. */
    this._spent = false;
    /** @type {Set<string>} What is down there. */
    this._held = new Set();
  }

  /**
   * A key went down. `text`: leave it to the browser, whose text will be sent.
   * @param {Stroke} stroke
   * @returns {{ text: boolean, input: AnyInput[] }}
   */
  down(stroke) {
    const { code, key, repeat } = stroke;
    if (key === "AltGraph") return { text: true, input: this._altGraph() };
    if (COMPOSING.has(key) || this._isText(stroke)) {
      this._spent = true;
      return { text: true, input: [] };
    }
    if (!CODE.test(code)) return { text: false, input: [] };
    if (MODIFIERS.has(key)) {
      if (!this._pending.size) this._spent = false;
      if (!repeat && !this._held.has(code)) this._pending.add(code);
      return { text: false, input: [] };
    }
    const input = this.settle();
    this._held.add(code);
    return { text: false, input: [...input, { t: "key.down", code }] };
  }

  /**
   * A key went up.
   * @param {Stroke} stroke
   * @returns {AnyInput[]}
   */
  up({ code, key }) {
    if (this._pending.delete(code)) return ALONE.test(code) && !this._spent ? tapped(code) : [];
    if (!this._held.delete(code)) return [];
    // A Mac does not tell when the other keys of a chord with Command go up.
    const others = this._isMac && key === "Meta" ? [...this._held].filter((one) => !isModifier(one)) : [];
    for (const other of others) this._held.delete(other);
    return [...others, code].map((one) => ({ t: "key.up", code: one }));
  }

  /** What must go down before anything that is no text: a click, a chord. @returns {AnyInput[]} */
  settle() {
    const codes = [...this._pending];
    this._pending.clear();
    for (const code of codes) this._held.add(code);
    return codes.map((code) => ({ t: "key.down", code }));
  }

  /** Whether something is down there. */
  get isHolding() {
    return this._held.size > 0;
  }

  /** Everything is up, here and there. */
  forget() {
    this._pending.clear();
    this._held.clear();
  }

  /**
   * Windows says Control before AltGr, and nobody pressed it.
   * @returns {AnyInput[]}
   */
  _altGraph() {
    this._pending.delete("ControlLeft");
    if (!this._held.delete("ControlLeft")) return [];
    return [{ t: "key.up", code: "ControlLeft" }];
  }

  /** @param {Stroke} stroke */
  _isText({ key, ctrlKey, altKey, metaKey, altGraph }) {
    if ([...key].length !== 1) return false;
    if (altGraph) return true;
    const option = this._isMac && altKey && !ctrlKey && !metaKey;
    return option ? key.charCodeAt(0) > 0x7e : !ctrlKey && !altKey && !metaKey;
  }
}

/** @param {string} code @returns {AnyInput[]} */
export function tapped(code) {
  return [
    { t: "key.down", code },
    { t: "key.up", code },
  ];
}

/**
 * Text as input, in pieces no longer than one may be; no character is cut in two.
 * @param {string} text
 * @returns {AnyInput[]}
 */
export function typed(text) {
  const characters = [...text.replace(/\p{Surrogate}/gu, "")];
  const count = Math.ceil(characters.length / LIMITS.INPUT_TEXT_CHARS);
  return Array.from({ length: count }, (_, at) => {
    const from = at * LIMITS.INPUT_TEXT_CHARS;
    return { t: "typed", text: characters.slice(from, from + LIMITS.INPUT_TEXT_CHARS).join("") };
  });
}

/** @param {string} code */
function isModifier(code) {
  return /^(Shift|Control|Alt|Meta|OS)/.test(code);
}
