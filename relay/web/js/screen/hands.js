/**
 * Control: mouse and keyboard become input for the customer's machine, while that is allowed and
 * the picture has the focus. One batch an animation frame, in order, on the frame it was made on.
 */

import { Batch } from "./batch.js";
import { Keyboard } from "./keyboard.js";
import { Pointer } from "./pointer.js";
import { tapped } from "./keys.js";

/** @import { AnyInput, InputBatch, Special } from "../protocol.js" */
/** @import { Point } from "./geometry.js" */

/**
 * @typedef {object} Ears
 * @property {() => number} drawn the frame that is to be seen
 * @property {(x: number, y: number) => Point} at
 * @property {(batch: InputBatch) => void} send
 * @property {() => void} leave
 * @property {(on: boolean) => void} focused
 */

export class Hands {
  /**
   * @param {HTMLElement} picture
   * @param {{ label: string, description: string }} words
   * @param {Ears} ears
   */
  constructor(picture, { label, description }, ears) {
    this._ears = ears;
    this._batch = new Batch();
    this._allowed = false;
    this._asked = 0;
    this.keyboard = new Keyboard(label, description, {
      may: () => this._allowed,
      send: (input) => this._add(input),
      leave: ears.leave,
      focused: (on) => this._onFocus(on),
    });
    this.keyboard.element.disabled = true;
    this._pointer = new Pointer(picture, {
      may: () => this._allowed && ears.drawn() > 0,
      at: ears.at,
      before: () => this.keyboard.settle(),
      send: (input) => this.hasFocus && this._add(input),
      took: () => this.keyboard.element.focus({ preventScroll: true }),
    });
  }

  /** Whether input goes to the customer; what was pressed goes up. @param {boolean} on */
  allow(on) {
    if (on === this._allowed) return;
    if (!on) this.release();
    this._allowed = on;
    this._renderField();
  }

  focus() {
    this.keyboard.element.focus({ preventScroll: true });
  }

  /** @param {Special} special */
  special(special) {
    this._add([{ t: "special", special }]);
  }

  /** A key that the browser keeps for itself. @param {string} code */
  tap(code) {
    this._add(tapped(code));
  }

  /** Everything that is pressed goes up, at once. */
  release() {
    const isPressing = this.keyboard.isHolding || this._pointer.isPressing;
    this.keyboard.forget();
    this._pointer.forget();
    if (isPressing) this._add([{ t: "release.all" }]);
    this._flush();
  }

  /** Whether keys go to the customer. */
  get hasFocus() {
    return document.activeElement === this.keyboard.element;
  }

  get isAllowed() {
    return this._allowed;
  }

  /** @param {boolean} on */
  _onFocus(on) {
    if (!on && this._allowed && this._pointer.isPressing && document.hasFocus()) {
      // A second button takes the focus away, and no event of the mouse can prevent it.
      return queueMicrotask(() => this.focus());
    }
    if (!on) this.release();
    this._renderField();
    this._ears.focused(on);
  }

  /** Who types keeps the focus when control is gone: keys of theirs would act on the console. */
  _renderField() {
    this.keyboard.element.disabled = !this._allowed && !this.hasFocus;
  }

  /** @param {readonly AnyInput[]} input */
  _add(input) {
    if (!this._allowed || !this._ears.drawn()) return;
    for (const event of input) {
      this._batch.add(event, this._ears.drawn());
    }
    this._asked ||= requestAnimationFrame(() => this._flush());
  }

  _flush() {
    cancelAnimationFrame(this._asked);
    this._asked = 0;
    for (const batch of this._batch.take()) this._ears.send(batch);
  }
}
