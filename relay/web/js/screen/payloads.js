/**
 * What the channel's payloads hold, as in `protocol/screen.py`. Pure. Whoever shows the screen may
 * send anything: what does not fit throws `RangeError`, and nothing is believed that would make a
 * decoder ask for more memory than a picture needs.
 */

import { LIMITS, SCREEN } from "../protocol_more.js";

/** @import { Bytes } from "./channel.js" */

/** @typedef {{ readonly x: number, readonly y: number, readonly width: number, readonly height: number }} Rect */
/**
 * `layout` is the number of the layout it belongs to, modulo 256; `pieces` are drawn in order.
 * @typedef {object} Picture
 * @property {number} layout
 * @property {number} width
 * @property {number} height
 * @property {Piece[]} pieces
 */
/** `data` is what belongs to the kind. @typedef {Rect & { readonly kind: number, readonly data: Bytes }} Piece */
/** @typedef {{ readonly x: number, readonly y: number }} Place */
/** @typedef {{ readonly codec: number, readonly key: boolean, readonly areas: Rect[], readonly chunk: Bytes }} StreamPart */
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

const { PIECE } = SCREEN;

/** The longest side that every browser's canvas has. */
const LONGEST = 16_384;

/** More pieces than the customer's program ever makes of a picture. */
const MOST_PIECES = 8192;

/**
 * A frame's payload.
 * @param {Bytes} payload
 * @returns {Picture}
 */
export function picture(payload) {
  const view = viewOf(payload);
  const [layout, width, height] = [view.getUint8(0), view.getUint16(1), view.getUint16(3)];
  const fits = width > 0 && height > 0 && Math.max(width, height) <= LONGEST && width * height <= MOST_PIXELS;
  if (!fits) throw new RangeError(`picture of ${width}x${height}`);
  return { layout, width, height, pieces: pieces(payload, { x: 0, y: 0, width, height }) };
}

/**
 * @param {Bytes} payload
 * @param {Rect} whole
 * @returns {Piece[]}
 */
function pieces(payload, whole) {
  const view = viewOf(payload);
  const all = [];
  let last = 0;
  for (let at = SCREEN.PICTURE_BYTES; at < payload.length; ) {
    const kind = view.getUint8(at);
    const rect = rectAt(view, at + 1);
    const begin = at + SCREEN.PIECE_BYTES;
    at = begin + view.getUint32(begin - 4);
    const known = kind >= last && kind <= PIECE.STREAM && (kind > last || kind !== PIECE.STREAM);
    if (!known || kind === 0 || at > payload.length || !isInside(rect, whole) || all.length === MOST_PIECES) {
      throw new RangeError(`piece ${kind} at ${rect.x},${rect.y}`);
    }
    last = kind;
    all.push({ ...rect, kind, data: payload.subarray(begin, at) });
  }
  return all;
}

/**
 * Where a COPY takes its pixels from.
 * @param {Piece} piece
 * @param {{ width: number, height: number }} whole
 * @returns {Place}
 */
export function source({ data, width, height }, whole) {
  const view = viewOf(data);
  const [x, y] = [view.getUint16(0), view.getUint16(2)];
  if (x + width > whole.width || y + height > whole.height) throw new RangeError(`copy from ${x},${y}`);
  return { x, y };
}

/**
 * A STREAM's parts.
 * @param {Piece} piece
 * @returns {StreamPart}
 */
export function stream({ data, width, height }) {
  const view = viewOf(data);
  const [codec, key, count] = [view.getUint8(0), view.getUint8(1) !== 0, view.getUint16(2)];
  const end = SCREEN.STREAM_BYTES + count * SCREEN.AREA_BYTES;
  const whole = { x: 0, y: 0, width, height };
  const areas = Array.from({ length: count }, (_, at) => rectAt(view, SCREEN.STREAM_BYTES + at * SCREEN.AREA_BYTES));
  if (!areas.every((area) => isInside(area, whole))) throw new RangeError("a rectangle of the stream is outside");
  return { codec, key, areas, chunk: data.subarray(end) };
}

/**
 * A JPEG's data, found to be as large as its rectangle (`isWhole`), or half of it each way.
 * @param {Piece} piece
 */
export function jpeg({ data, width, height }) {
  const [ownWidth, ownHeight] = jpegSize(data);
  const isWhole = ownWidth === width && ownHeight === height;
  const isHalf = ownWidth === Math.ceil(width / 2) && ownHeight === Math.ceil(height / 2);
  if (!isWhole && !isHalf) throw new RangeError(`a JPEG of ${ownWidth}x${ownHeight} for ${width}x${height}`);
  return { data, isWhole };
}

/**
 * @param {DataView} view
 * @param {number} at
 * @returns {Rect}
 */
function rectAt(view, at) {
  const [x, y] = [view.getUint16(at), view.getUint16(at + 2)];
  return { x, y, width: view.getUint16(at + 4), height: view.getUint16(at + 6) };
}

/**
 * @param {Rect} rect
 * @param {Rect} whole
 */
function isInside({ x, y, width, height }, whole) {
  return width > 0 && height > 0 && x + width <= whole.width && y + height <= whole.height;
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
