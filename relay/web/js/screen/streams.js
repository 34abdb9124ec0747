/** The stream of what moves, by WebCodecs: frames in, rectangles of pixels out. */

import { SCREEN } from "../protocol_more.js";

/** @import { Rect, StreamPart } from "./payloads.js" */

/** What is drawn of a frame: at `rect`, once it has been copied. @typedef {{ rect: Rect, image: ImageData }} Patch */
/** @typedef {{ resolve: (frame: VideoFrame) => void, reject: (why: unknown) => void }} Waiting */

/**
 * The short codec strings say nothing of colours, and Chromium then takes them for those of
 * television, whatever the stream says (measured; see `client/capture/colour.py`).
 * @type {VideoColorSpaceInit}
 */
const COLOURS = { fullRange: true, matrix: "smpte170m", primaries: "bt709", transfer: "iec61966-2-1" };

const { CODEC, CODEC_STRINGS } = SCREEN;

/** By number. @type {ReadonlyMap<number, string>} */
const STRINGS = new Map([
  [CODEC.VP9_444, CODEC_STRINGS.VP9_444],
  [CODEC.VP9_420, CODEC_STRINGS.VP9_420],
  [CODEC.VP8, CODEC_STRINGS.VP8],
]);

/**
 * @param {string} codec
 * @param {number} width
 * @param {number} height
 * @returns {VideoDecoderConfig}
 */
function configOf(codec, width, height) {
  const size = { codedWidth: width, codedHeight: height };
  return { codec, ...size, colorSpace: COLOURS, optimizeForLatency: true };
}

/** The streams this browser can decode, the better first. @returns {Promise<number[]>} */
export async function codecs() {
  if (!("VideoDecoder" in globalThis)) return [];
  const all = await Promise.all([...STRINGS].map(async ([codec, text]) => ((await decodes(text)) ? [codec] : [])));
  return all.flat();
}

/** @param {string} text */
async function decodes(text) {
  try {
    const { supported } = await VideoDecoder.isConfigSupported(configOf(text, 1920, 1080));
    return supported;
  } catch {
    // A browser that does not know the question cannot do it either.
    return false;
  }
}

/**
 * One decoder after the other. What goes wrong with a frame is told to whoever waits for it; where
 * the browser's decoder gives up, `failed` hears of its codec, too.
 */
export class Streams {
  /** @param {(codec: number) => void} failed */
  constructor(failed) {
    this._failed = failed;
    /** @type {VideoDecoder | null} */
    this._decoder = null;
    /** By time stamp, which is only a number here. @type {Map<number, Waiting>} */
    this._waiting = new Map();
    this._count = 0;
  }

  /**
   * The rectangles of a frame, once it is decoded.
   * @param {StreamPart} part
   * @param {Rect} whole
   * @returns {Promise<Patch[]>}
   */
  async decode({ codec, key, areas, chunk }, { width, height }) {
    if (key) this._begin(codec, width, height);
    if (!this._decoder) throw new RangeError("a stream without a beginning");
    const timestamp = ++this._count;
    /** @type {Promise<VideoFrame>} */
    const coming = new Promise((resolve, reject) => this._waiting.set(timestamp, { resolve, reject }));
    coming.catch(() => {}); // whoever awaits it hears of it
    this._decoder.decode(new EncodedVideoChunk({ type: key ? "key" : "delta", timestamp, data: chunk }));
    if (!areas.length) {
      void coming.then((frame) => frame.close(), () => {});
      return [];
    }
    const frame = await coming;
    try {
      if (frame.displayWidth !== width || frame.displayHeight !== height) throw new RangeError("another size");
      return await Promise.all(areas.map((rect) => copied(frame, rect)));
    } finally {
      frame.close();
    }
  }

  close() {
    if (this._decoder && this._decoder.state !== "closed") this._decoder.close();
    this._decoder = null;
    const waiting = [...this._waiting.values()];
    this._waiting.clear();
    for (const { reject } of waiting) reject(new RangeError("the stream has ended"));
  }

  /**
   * @param {number} codec
   * @param {number} width
   * @param {number} height
   */
  _begin(codec, width, height) {
    const text = STRINGS.get(codec);
    if (!text || !("VideoDecoder" in globalThis)) throw new RangeError(`a stream in codec ${codec}`);
    this.close();
    const decoder = new VideoDecoder({
      output: (frame) => this._decoded(decoder, frame),
      error: () => this._broke(decoder, codec),
    });
    decoder.configure(configOf(text, width, height));
    this._decoder = decoder;
  }

  /**
   * @param {VideoDecoder} decoder
   * @param {VideoFrame} frame
   */
  _decoded(decoder, frame) {
    const waiting = this._waiting.get(frame.timestamp);
    this._waiting.delete(frame.timestamp);
    if (decoder === this._decoder && waiting) waiting.resolve(frame);
    else frame.close();
  }

  /**
   * @param {VideoDecoder} decoder
   * @param {number} codec
   */
  _broke(decoder, codec) {
    if (decoder !== this._decoder) return;
    this._failed(codec);
    this.close();
  }
}

/**
 * Copying a rectangle takes a tenth of the time that drawing the frame does, which is converted as
 * a whole each time, however little of it is drawn.
 * @param {VideoFrame} frame
 * @param {Rect} rect
 * @returns {Promise<Patch>}
 */
export async function copied(frame, rect) {
  const pixels = new Uint8ClampedArray(rect.width * rect.height * 4);
  await frame.copyTo(pixels, /** @type {VideoFrameCopyToOptions} */ ({ rect, format: "RGBX", colorSpace: "srgb" }));
  return { rect, image: new ImageData(pixels, rect.width, rect.height) };
}
