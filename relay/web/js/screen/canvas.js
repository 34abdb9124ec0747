/** The picture: decoded frames drawn onto a canvas in animation frames, the newest wins. */

/** @import { Drawing } from "./decoders.js" */

export class Canvas {
  /** @param {HTMLCanvasElement} element @param {(newest: Drawing) => void} drawn hears of the newest frame that is drawn */
  constructor(element, drawn) {
    const context = element.getContext("2d", { alpha: false });
    if (!context) throw new TypeError("no canvas in this browser");
    this.element = element;
    this._context = context;
    this._drawn = drawn;
    /** @type {Drawing[]} Not drawn yet, in order. */
    this._waiting = [];
    this._asked = 0;
  }

  /** Draw `drawing` with the next animation frame, unless a newer one stands for it. @param {Drawing} drawing */
  put(drawing) {
    if (drawing.whole) this._drop();
    this._waiting.push(drawing);
    this._asked ||= requestAnimationFrame(() => this._draw());
  }

  /** Show nothing, at once. */
  blank() {
    this._drop();
    cancelAnimationFrame(this._asked);
    this._asked = 0;
    this.element.width = this.element.height = 1;
  }

  _draw() {
    this._asked = 0;
    const { element } = this;
    for (const drawing of this._waiting) {
      const { width, height } = drawing;
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
      }
      drawing.draw(this._context);
    }
    const newest = this._waiting.at(-1);
    this._drop();
    if (newest) this._drawn(newest);
  }

  _drop() {
    for (const drawing of this._waiting) drawing.close();
    this._waiting = [];
  }
}
