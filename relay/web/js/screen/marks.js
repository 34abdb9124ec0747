/** "Look here": numbered marks on the picture, which the customer sees on the own screen too. */

import { percentOf } from "./geometry.js";

/** @import { Extent, Point } from "./geometry.js" */

/** How long a mark stands, in ms. */
const STANDS_MS = 10_000;

/** The last number; the next one is 1 again. */
const MOST = 99;

export class Marks {
  constructor() {
    this.element = document.createElement("div");
    this.element.className = "screen-marks";
    this.element.setAttribute("aria-hidden", "true");
    this._count = 0;
  }

  /**
   * Set the next mark; its number.
   * @param {Extent} picture
   * @param {Point} at a pixel of the picture
   */
  set(picture, at) {
    this._count = (this._count % MOST) + 1;
    const mark = document.createElement("span");
    mark.className = "screen-mark";
    mark.textContent = String(this._count);
    mark.style.left = percentOf(at.x, picture.width);
    mark.style.top = percentOf(at.y, picture.height);
    this.element.append(mark);
    setTimeout(() => mark.remove(), STANDS_MS);
    return this._count;
  }

  /** Another picture: the marks mean nothing on it, and their numbers begin anew. */
  clear() {
    this._count = 0;
    this.element.replaceChildren();
  }
}
