/** The frame that the picture stands in: how large, where, and what of it is to be seen. */

import { percent, pixelAt, placed, stepped } from "./geometry.js";

/** @import { Cursor } from "./cursor.js" */
/** @import { Place, Size } from "./geometry.js" */

/** @typedef {{ changed: () => void, shown: (on: boolean) => void }} Ears */

export class Stage {
  /**
   * `sheet` is as large as the picture or the frame and holds `canvas` and what lies over it.
   * @param {HTMLElement} frame
   * @param {HTMLElement} sheet
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} marks
   * @param {Cursor} cursor
   * @param {Ears} ears
   */
  constructor(frame, sheet, canvas, marks, cursor, ears) {
    this._frame = frame;
    this._sheet = sheet;
    this._canvas = canvas;
    this._marks = marks;
    this._cursor = cursor;
    this._ears = ears;
    /** @type {Size} */
    this._size = "fit";
    this._shows = false;
    new ResizeObserver(() => this._onResize()).observe(frame);
    this._onRatio();
  }

  get size() {
    return this._size;
  }

  /** Whether it is to be seen at all. */
  get isShown() {
    return this._frame.clientWidth > 0 && this._frame.clientHeight > 0;
  }

  /** How large the picture is, in percent of its own size. */
  get percent() {
    return percent(this._picture, this._room, this._size, devicePixelRatio);
  }

  /** @param {Size} size */
  show(size) {
    this._size = size;
    this.place();
    this._ears.changed();
  }

  /** One step larger or smaller. @param {1 | -1} way */
  zoom(way) {
    this.show(stepped(this.percent, way));
  }

  /** The picture's pixel under a point of the window. @param {number} x @param {number} y */
  at(x, y) {
    return pixelAt(this._picture, this._canvas.getBoundingClientRect(), { x, y });
  }

  /** Put the picture where it belongs; also after it has another size. */
  place() {
    const place = placed(this._picture, this._room, this._size, devicePixelRatio);
    for (const element of [this._canvas, this._marks]) put(element, place);
    this._sheet.style.width = `${place.left + place.width}px`;
    this._sheet.style.height = `${place.top + place.height}px`;
    const scrolls = place.width > this._room.width || place.height > this._room.height;
    this._frame.classList.toggle("scrolls", scrolls);
    this._cursor.follow(place, place.width / this._picture.width);
  }

  get _picture() {
    return { width: this._canvas.width, height: this._canvas.height };
  }

  get _room() {
    return this._frame.getBoundingClientRect();
  }

  _onResize() {
    if (this.isShown) this.place();
    if (this.isShown !== this._shows) {
      this._shows = this.isShown;
      this._ears.shown(this._shows);
    }
    this._ears.changed();
  }

  /** The window went to another monitor, or its zoom changed: pixels have another size. */
  _onRatio() {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    query.addEventListener(
      "change",
      () => {
        this._onRatio();
        this._onResize();
      },
      { once: true },
    );
  }
}

/**
 * @param {HTMLElement} element
 * @param {Place} place
 */
function put({ style }, { left, top, width, height }) {
  style.left = `${left}px`;
  style.top = `${top}px`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}
