/**
 * From frames to what can be drawn: VP9 4:4:4 by WebCodecs, or JPEG rectangles. A decoder that has
 * failed says so once and is of no use any longer; the next key frame begins with a fresh one.
 */

import { SCREEN } from "../protocol_more.js";
import { tiles } from "./payloads.js";

/** @import { Picture, Tile } from "./payloads.js" */

/**
 * A decoded frame; `layout` as in its `Picture`. `whole`: nothing of the picture before it is left.
 * It is closed after use.
 * @typedef {object} Drawing
 * @property {number} seq
 * @property {number} layout
 * @property {number} width
 * @property {number} height
 * @property {boolean} whole
 * @property {(context: CanvasRenderingContext2D) => void} draw
 * @property {() => void} close
 */
/** @typedef {{ ready: (drawing: Drawing) => void, failed: () => void }} Ears */
/** @typedef {{ decode: (seq: number, key: boolean, picture: Picture) => void, close: () => void }} Decoder */

/**
 * The short codec string says nothing of colours, and Chromium then takes them for those of
 * television, whatever the stream says (measured; see `client/capture/colour.py`).
 * @type {VideoColorSpaceInit}
 */
const COLOURS = { fullRange: true, matrix: "smpte170m", primaries: "bt709", transfer: "iec61966-2-1" };

/** @param {number} width @param {number} height @returns {VideoDecoderConfig} */
function configOf(width, height) {
  const size = { codedWidth: width, codedHeight: height };
  return { codec: SCREEN.VP9_444, ...size, colorSpace: COLOURS, optimizeForLatency: true };
}

/** What this browser can decode, the better first. @returns {Promise<number[]>} */
export async function codecs() {
  if (!("VideoDecoder" in globalThis)) return [SCREEN.CODEC.JPEG];
  try {
    const { supported } = await VideoDecoder.isConfigSupported(configOf(1920, 1080));
    if (supported) return [SCREEN.CODEC.VP9_444, SCREEN.CODEC.JPEG];
  } catch {
    // A browser that does not know the question cannot do it either.
  }
  return [SCREEN.CODEC.JPEG];
}

/**
 * A decoder for pictures of that codec.
 * @param {number} codec
 * @param {Ears} ears
 * @returns {Decoder}
 */
export function decoderOf(codec, ears) {
  return codec === SCREEN.CODEC.JPEG ? new TileDecoder(ears) : new StreamDecoder(ears);
}

/** VP9: one frame of the stream each time. */
class StreamDecoder {
  /** @param {Ears} ears */
  constructor(ears) {
    this._ears = ears;
    /** @type {Omit<Picture, "data"> | null} */
    this._newest = null;
    /** What went in and has not come out, by number. @type {Map<number, Omit<Picture, "data">>} */
    this._inside = new Map();
    this._closed = false;
    this._decoder = new VideoDecoder({
      output: (frame) => this._decoded(frame),
      error: () => this._fail(),
    });
  }

  /**
   * @param {number} seq
   * @param {boolean} key
   * @param {Picture} picture
   */
  decode(seq, key, picture) {
    if (this._closed) return;
    try {
      const { data, ...head } = picture;
      if (!this._newest || !isSameSize(this._newest, head)) {
        this._decoder.configure(configOf(head.width, head.height));
      }
      this._newest = head;
      this._inside.set(seq, head);
      this._decoder.decode(new EncodedVideoChunk({ type: key ? "key" : "delta", timestamp: seq, data }));
    } catch {
      this._fail();
    }
  }

  /** @param {VideoFrame} frame */
  _decoded(frame) {
    const { displayWidth: width, displayHeight: height, timestamp: seq } = frame;
    const head = this._inside.get(seq);
    this._inside.delete(seq);
    if (this._closed || !head || !isSameSize(head, { width, height })) {
      frame.close();
      if (!this._closed) this._fail();
      return;
    }
    this._ears.ready({
      ...{ seq, layout: head.layout, width, height, whole: true },
      draw: (context) => context.drawImage(frame, 0, 0),
      close: () => frame.close(),
    });
  }

  _fail() {
    if (this._closed) return;
    this.close();
    this._ears.failed();
  }

  close() {
    this._closed = true;
    if (this._decoder.state !== "closed") this._decoder.close();
  }
}

/** JPEG: the rectangles of a frame are decoded at the same time, frames are handed on in order. */
class TileDecoder {
  /** @param {Ears} ears */
  constructor(ears) {
    this._ears = ears;
    this._closed = false;
    /** @type {Promise<void>} */
    this._before = Promise.resolve();
  }

  /**
   * @param {number} seq
   * @param {boolean} key
   * @param {Picture} picture
   */
  decode(seq, key, picture) {
    const bitmaps = bitmapsOf(picture);
    this._before = this._before.then(() => this._pass(seq, key, picture, bitmaps));
  }

  /**
   * @param {number} seq
   * @param {boolean} key
   * @param {Picture} picture
   * @param {Promise<[Tile, ImageBitmap][] | null>} bitmaps
   */
  async _pass(seq, key, { layout, width, height }, bitmaps) {
    const drawn = await bitmaps;
    const close = () => drawn?.forEach(([, bitmap]) => bitmap.close());
    if (this._closed) return close();
    if (!drawn) {
      this.close();
      return this._ears.failed();
    }
    /** @param {CanvasRenderingContext2D} context */
    const draw = (context) => drawn.forEach(([{ x, y }, bitmap]) => context.drawImage(bitmap, x, y));
    this._ears.ready({ seq, layout, width, height, whole: key, draw, close });
  }

  close() {
    this._closed = true;
  }
}

/**
 * The rectangles of a picture, or null when one of them cannot be decoded.
 * @param {Picture} picture
 * @returns {Promise<[Tile, ImageBitmap][] | null>}
 */
async function bitmapsOf(picture) {
  try {
    return await Promise.all(tiles(picture).map(bitmapOf));
  } catch (error) {
    if (error instanceof RangeError || error instanceof DOMException) return null;
    throw error;
  }
}

/**
 * @param {Tile} tile
 * @returns {Promise<[Tile, ImageBitmap]>}
 */
async function bitmapOf(tile) {
  const data = new Blob([tile.data], { type: "image/jpeg" });
  const options = /** @type {const} */ ({ colorSpaceConversion: "none", imageOrientation: "none" });
  return [tile, await createImageBitmap(data, options)];
}

/**
 * @param {{ width: number, height: number }} one
 * @param {{ width: number, height: number }} other
 */
function isSameSize(one, other) {
  return one.width === other.width && one.height === other.height;
}
