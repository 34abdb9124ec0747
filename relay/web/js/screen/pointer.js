/** The mouse, a pen or a finger over the picture, as input for the customer's machine. */

import { Turns } from "./wheel.js";

/** @import { AnyInput, Button } from "../protocol.js" */
/** @import { Point } from "./geometry.js" */

/**
 * `may` says whether what happens now is for the customer's machine; `at` finds the picture's pixel
 * under a point of the window; `before` gives what must be pressed before a click.
 * @typedef {object} Ears
 * @property {() => boolean} may
 * @property {(x: number, y: number) => Point} at
 * @property {() => readonly AnyInput[]} before
 * @property {(input: readonly AnyInput[]) => void} send
 * @property {() => void} took a press goes to the customer: the keyboard follows
 */

/** By `MouseEvent.button`. @type {readonly Button[]} */
const BUTTONS = ["left", "middle", "right", "back", "forward"];

export class Pointer {
  /**
   * @param {HTMLElement} element
   * @param {Ears} ears
   */
  constructor(element, ears) {
    this._ears = ears;
    this._turns = new Turns();
    /** @type {Set<Button>} */
    this._held = new Set();
    element.addEventListener("pointerdown", (event) => this._onDown(element, event));
    element.addEventListener("pointermove", (event) => this._onMove(event));
    element.addEventListener("pointerup", (event) => this._onUp(event));
    element.addEventListener("pointercancel", () => this._onCancel());
    element.addEventListener("wheel", (event) => this._onWheel(event), { passive: false });
    for (const name of ["contextmenu", "auxclick", "mousedown", "mouseup", "dragstart"]) {
      // The browser's own menu, its way back, and the loss of the focus.
      element.addEventListener(name, (event) => ears.may() && event.preventDefault());
    }
  }

  /** Whether a button is down. */
  get isPressing() {
    return this._held.size > 0;
  }

  /** Everything is up. */
  forget() {
    this._held.clear();
  }

  /**
   * @param {HTMLElement} element
   * @param {PointerEvent} event
   */
  _onDown(element, event) {
    if (!this._ears.may()) return;
    event.preventDefault();
    this._ears.took();
    element.setPointerCapture(event.pointerId);
    this._press(event);
  }

  /** Further buttons of one pointer come as moves (Pointer Events, chorded buttons). @param {PointerEvent} event */
  _onMove(event) {
    if (!this._ears.may()) return;
    if (event.button === -1) return this._ears.send([{ t: "move", ...this._at(event) }]);
    if (event.buttons & maskOf(event.button)) this._press(event);
    else this._release(event);
  }

  /** @param {PointerEvent} event */
  _onUp(event) {
    if (this._ears.may()) this._release(event);
  }

  /** The system took the pointer away in the middle of it. */
  _onCancel() {
    if (!this._held.size) return;
    this._held.clear();
    if (this._ears.may()) this._ears.send([{ t: "release.all" }]);
  }

  /** @param {WheelEvent} event */
  _onWheel(event) {
    if (!this._ears.may()) return;
    event.preventDefault();
    const turn = this._turns.take(event);
    if (turn) this._ears.send([...this._ears.before(), { t: "wheel", ...turn, ...this._at(event) }]);
  }

  /** @param {PointerEvent} event */
  _press(event) {
    const button = BUTTONS[event.button];
    if (!button) return;
    this._held.add(button);
    this._ears.send([...this._ears.before(), { t: "press", button, ...this._at(event) }]);
  }

  /** @param {PointerEvent} event */
  _release(event) {
    const button = BUTTONS[event.button];
    if (!button || !this._held.delete(button)) return;
    this._ears.send([...this._ears.before(), { t: "release", button, ...this._at(event) }]);
  }

  /** @param {MouseEvent} event */
  _at({ clientX, clientY }) {
    return this._ears.at(clientX, clientY);
  }
}

/** The bit of `buttons` for a `button`. @param {number} button */
function maskOf(button) {
  return [1, 4, 2, 8, 16][button] ?? 0;
}
