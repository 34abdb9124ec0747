/** The customer's pointer, over the picture: its place and shape travel apart from it. */

/** @import { CursorNews } from "./payloads.js" */
/** @import { Place } from "./geometry.js" */

/** So many shapes are kept; the customer's program counts on no more. */
const KEPT = 64;

/** @typedef {{ readonly canvas: HTMLCanvasElement, readonly hotX: number, readonly hotY: number }} Shape */

export class Cursor {
  constructor() {
    this.element = document.createElement("div");
    this.element.className = "screen-cursor";
    this.element.hidden = true;
    this.element.setAttribute("aria-hidden", "true");
    /** @type {Map<number, Shape>} */
    this._shapes = new Map();
    /** @type {CursorNews | null} */
    this._news = null;
    /** @type {{ place: Place, scale: number } | null} */
    this._at = null;
  }

  /** @param {CursorNews} news */
  hear(news) {
    if (news.width > 0) this._keep(news);
    this._news = news;
    this._show();
  }

  /** Nothing is known of the pointer any longer. */
  forget() {
    this._shapes.clear();
    this._news = null;
    this._show();
  }

  /**
   * Where the picture stands now; `scale`: CSS pixels for one of its pixels.
   * @param {Place} place
   * @param {number} scale
   */
  follow(place, scale) {
    this._at = { place, scale };
    this._show();
  }

  /** Whether the customer's pointer is to be seen, so that one's own is not needed. */
  get isShown() {
    return !this.element.hidden;
  }

  /** @param {CursorNews} news */
  _keep({ serial, width, height, hotX, hotY, pixels }) {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const image = new ImageData(new Uint8ClampedArray(pixels), width, height);
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    this._shapes.delete(serial);
    this._shapes.set(serial, { canvas, hotX, hotY });
    const [oldest] = this._shapes.keys();
    if (oldest !== undefined && this._shapes.size > KEPT) this._shapes.delete(oldest);
  }

  _show() {
    const shape = this._shapes.get(this._news?.serial ?? 0);
    this.element.hidden = !this._news?.visible || !shape || !this._at;
    if (!this._news || !shape || !this._at) return;
    const { place, scale } = this._at;
    const { style } = shape.canvas;
    style.width = `${shape.canvas.width * scale}px`;
    style.height = `${shape.canvas.height * scale}px`;
    const left = place.left + (this._news.x - shape.hotX) * scale;
    const top = place.top + (this._news.y - shape.hotY) * scale;
    this.element.style.transform = `translate(${left}px, ${top}px)`;
    if (this.element.firstChild !== shape.canvas) this.element.replaceChildren(shape.canvas);
  }
}
