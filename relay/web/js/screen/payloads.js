/**
 * What the channel's payloads hold, as in `protocol/screen.py`. Pure. Whoever shows the screen may
 * send anything: what does not fit throws `RangeError`, and nothing is believed that would make a
 * decoder ask for more memory than a picture needs.
 */

import { LIMITS, SCREEN } from "../protocol_more.js";

/** @import { Bytes } from "./channel.js" */

/** @typedef {{ readonly x: number, readonly y: number, readonly width: number, readonly height: number }} Rect */
/**
 * `layout` is the number of the layout it belongs to, modulo 256; `data` is what the codec made.
 * @typedef {object} Picture
 * @property {number} codec
 * @property {number} layout
 * @property {number} width
 * @property {number} height
 * @property {Bytes} data
 */
/** @typedef {Rect & { readonly data: Bytes }} Tile */
/**
 * `pixels` (RGBA, not premultiplied) only where the shape of `serial` is told.
 * @typedef {object} CursorNews
 * @property {boolean} visible
 * @property {number} x
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {number} hotX
 * @property {number} hotY
 * @property {number} serial
 * @property {Bytes} pixels
 */

/** More than four monitors of 4K. */
const MOST_PIXELS = 2 ** 26;

/** The longest side that every browser's canvas has. */
const LONGEST = 16_384;

/**
 * A frame's payload.
 * @param {Bytes} payload
 * @returns {Picture}
 */
export function picture(payload) {
  const view = viewOf(payload);
  const [codec, layout, width, height] = [view.getUint8(0), view.getUint8(1), view.getUint16(2), view.getUint16(4)];
  const known = codec === SCREEN.CODEC.VP9_444 || codec === SCREEN.CODEC.JPEG;
  const fits = width > 0 && height > 0 && Math.max(width, height) <= LONGEST && width * height <= MOST_PIXELS;
  if (!known || !fits) throw new RangeError(`picture of ${width}x${height} in codec ${codec}`);
  return { codec, layout, width, height, data: payload.subarray(SCREEN.PICTURE_BYTES) };
}

/**
 * The rectangles of a JPEG picture.
 * @param {Picture} of
 * @returns {Tile[]}
 */
export function tiles({ data, width, height }) {
  const view = viewOf(data);
  const all = [];
  for (let at = 0; at < data.length; ) {
    const [x, y, w, h] = [view.getUint16(at), view.getUint16(at + 2), view.getUint16(at + 4), view.getUint16(at + 6)];
    const end = at + SCREEN.TILE_BYTES + view.getUint32(at + 8);
    const tile = { x, y, width: w, height: h, data: data.subarray(at + SCREEN.TILE_BYTES, end) };
    const [jpegWidth, jpegHeight] = jpegSize(tile.data);
    const inside = end <= data.length && w > 0 && h > 0 && x + w <= width && y + h <= height;
    if (!inside || jpegWidth !== w || jpegHeight !== h) throw new RangeError(`rectangle at ${x},${y}`);
    all.push(tile);
    at = end;
  }
  return all;
}

const TEXT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * What the customer has copied, as in `protocol/clipboard.py`.
 * @param {Bytes} payload
 */
export function clipboardText(payload) {
  if (!payload.length || payload.length > LIMITS.CLIPBOARD_BYTES) throw new RangeError(`clipboard of ${payload.length}`);
  try {
    return TEXT.decode(payload);
  } catch {
    throw new RangeError("clipboard text is no UTF-8");
  }
}

/** Starts of frames of the JPEG kinds that are pictures (ITU-T T.81, table B.1). */
const FRAMES = new Set([0xc0, 0xc1, 0xc2]);

/**
 * Width and height as a JPEG says them itself.
 * @param {Bytes} data
 * @returns {[number, number]}
 */
export function jpegSize(data) {
  const view = viewOf(data);
  if (view.getUint16(0) !== 0xffd8) throw new RangeError("no JPEG");
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) throw new RangeError("no marker where one must be");
    if (FRAMES.has(view.getUint8(at + 1))) return [view.getUint16(at + 7), view.getUint16(at + 5)];
  }
}

/**
 * A cursor's payload.
 * @param {Bytes} payload
 * @returns {CursorNews}
 */
export function cursor(payload) {
  const view = viewOf(payload);
  const news = {
    visible: view.getUint8(0) !== 0,
    x: view.getInt16(1),
    y: view.getInt16(3),
    width: view.getUint16(5),
    height: view.getUint16(7),
    hotX: view.getUint16(9),
    hotY: view.getUint16(11),
    serial: view.getUint32(13),
    pixels: payload.subarray(SCREEN.CURSOR_BYTES),
  };
  if (news.pixels.length !== news.width * news.height * 4) throw new RangeError("not a cursor's pixels");
  return news;
}

/** @param {Bytes} bytes */
function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
