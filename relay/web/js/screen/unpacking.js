/** PIXELS pieces become pixels: the browser inflates, and not one byte more than there should be. */

import { exact, unpacked } from "./pixels.js";

/** @import { Bytes } from "./channel.js" */
/** @import { Piece } from "./payloads.js" */

/**
 * The pixels of a piece. Rejects with `RangeError` where they are too few or too many, and with
 * `TypeError` where they cannot be inflated.
 * @param {Piece} piece
 * @returns {Promise<ImageData>}
 */
export async function pixelsOf(piece) {
  const { colours, packed, bytes } = exact(piece);
  const plain = await inflated(packed, bytes);
  return new ImageData(unpacked(plain, colours, piece), piece.width, piece.height);
}

/**
 * A reader is quicker than a `Response`, by a millisecond for what a key press brings.
 * @param {Bytes} packed
 * @param {number} size
 */
async function inflated(packed, size) {
  const { readable, writable } = new DecompressionStream("deflate-raw");
  const writer = writable.getWriter();
  // What goes wrong is told to the reader, too.
  writer.write(packed).catch(() => {});
  writer.close().catch(() => {});
  const reader = readable.getReader();
  const plain = new Uint8Array(size);
  let at = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (at + part.value.length > size) {
      await reader.cancel();
      throw new RangeError(`more than ${size} bytes`);
    }
    plain.set(part.value, at);
    at += part.value.length;
  }
  if (at !== size) throw new RangeError(`${at} bytes instead of ${size}`);
  return plain;
}
