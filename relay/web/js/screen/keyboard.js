/** The keyboard while the picture has the focus: a field that nobody sees takes keys and text. */

import { Keys, tapped, typed } from "./keys.js";

/** @import { AnyInput } from "../protocol.js" */

/**
 * `may` says whether keys go to the customer; `leave` is told when their person wants to leave the
 * picture.
 * @typedef {object} Ears
 * @property {() => boolean} may
 * @property {(input: readonly AnyInput[]) => void} send
 * @property {() => void} leave
 * @property {(on: boolean) => void} focused
 */

/** The place of the L key, with Control, Alt and Shift, leads out of the picture. */
const LEAVE = "KeyL";

export class Keyboard {
  /**
   * @param {string} label
   * @param {string} description how to leave
   * @param {Ears} ears
   */
  constructor(label, description, ears) {
    this._ears = ears;
    this._keys = new Keys(/^Mac/.test(navigator.platform));
    this._composing = false;
    const field = document.createElement("textarea");
    field.className = "screen-keys";
    field.setAttribute("aria-label", label);
    field.setAttribute("aria-description", description);
    field.autocapitalize = "off";
    field.autocomplete = "off";
    field.spellcheck = false;
    field.addEventListener("keydown", (event) => this._onDown(event));
    field.addEventListener("keyup", (event) => this._onUp(event));
    field.addEventListener("beforeinput", (event) => this._onInput(event));
    field.addEventListener("compositionstart", () => (this._composing = true));
    field.addEventListener("compositionend", (event) => this._onComposed(event));
    field.addEventListener("focus", () => ears.focused(true));
    field.addEventListener("blur", () => this._onBlur());
    this.element = field;
  }

  /** Whether a key is down there. */
  get isHolding() {
    return this._keys.isHolding;
  }

  /** What must be pressed before a click. @returns {readonly AnyInput[]} */
  settle() {
    return this._keys.settle();
  }

  /** Everything is up. */
  forget() {
    this._keys.forget();
  }

  /** @param {KeyboardEvent} event */
  _onDown(event) {
    // The console's own keys are not meant for the customer's screen, nor the other way round.
    event.stopPropagation();
    if (event.code === LEAVE && event.ctrlKey && event.altKey && event.shiftKey) {
      event.preventDefault();
      return this._ears.leave();
    }
    if (event.isComposing) return;
    if (!this._ears.may()) return halt(event);
    const { text, input } = this._keys.down(strokeOf(event));
    if (!text) event.preventDefault();
    this._send(input);
  }

  /** @param {KeyboardEvent} event */
  _onUp(event) {
    event.stopPropagation();
    this._send(this._keys.up(strokeOf(event)));
  }

  /** Text that is not being composed any longer. @param {InputEvent} event */
  _onInput(event) {
    if (this._composing || event.isComposing) return;
    event.preventDefault();
    if (event.inputType === "deleteContentBackward") return this._send(tapped("Backspace"));
    if (event.inputType === "insertLineBreak") return this._send(tapped("Enter"));
    if (event.inputType.startsWith("insert")) {
      this._send(typed(event.data ?? event.dataTransfer?.getData("text/plain") ?? ""));
    }
  }

  /** @param {CompositionEvent} event */
  _onComposed(event) {
    this._composing = false;
    this.element.value = "";
    this._send(typed(event.data));
  }

  _onBlur() {
    this._composing = false;
    this.element.value = "";
    this._ears.focused(false);
  }

  /** @param {readonly AnyInput[]} input */
  _send(input) {
    if (input.length) this._ears.send(input);
  }
}

/**
 * Control was lost while somebody typed: the rest must not be taken for keys of the console. What
 * moves the focus works.
 * @param {KeyboardEvent} event
 */
function halt(event) {
  if ([...event.key].length === 1 && !event.ctrlKey && !event.metaKey) event.preventDefault();
}

/** @param {KeyboardEvent} event */
function strokeOf(event) {
  const { code, key, repeat, ctrlKey, altKey, metaKey } = event;
  return { code, key, repeat, ctrlKey, altKey, metaKey, altGraph: event.getModifierState("AltGraph") };
}
