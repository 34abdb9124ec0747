/** What a PIXELS piece holds, as in `protocol/picture.py`. Pure. */

/** @import { Bytes } from "./channel.js" */
/** @import { Piece } from "./payloads.js" */

/**
 * `colours` of the palette, 0 where pixels are differences; `packed` has `bytes` when unpacked.
 * @typedef {{ readonly colours: number, readonly packed: Bytes, readonly bytes: number }} Exact
 */
/** @typedef {{ readonly width: number, readonly height: number }} Size */

/**
 * @param {Piece} piece
 * @returns {Exact}
 */
export function exact({ data, width, height }) {
  const kind = data[0];
  if (kind === undefined) throw new RangeError("no pixels");
  const packed = data.subarray(1);
  if (kind === 0) return { colours: 0, packed, bytes: width * height * 3 };
  const colours = kind + 1;
  return { colours, packed, bytes: colours * 3 + Math.ceil((width * bitsOf(colours)) / 8) * height };
}

/**
 * The pixels (RGBA) of what was packed.
 * @param {Uint8Array} plain
 * @param {number} colours
 * @param {Size} size
 */
export function unpacked(plain, colours, { width, height }) {
  return colours ? painted(plain, colours, width, height) : summed(plain, width, height);
}

/**
 * @param {Uint8Array} plain
 * @param {number} width
 * @param {number} height
 */
function summed(plain, width, height) {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const row = width * 4;
  for (let from = 0, to = 0; to < pixels.length; ) {
    let [red, green, blue] = [0, 0, 0];
    for (const end = to + row; to < end; to += 4, from += 3) {
      red += plain[from] ?? 0;
      green += plain[from + 1] ?? 0;
      blue += plain[from + 2] ?? 0;
      pixels[to] = (red + green) & 255;
      pixels[to + 1] = green & 255;
      pixels[to + 2] = (blue + green) & 255;
      pixels[to + 3] = 255;
    }
  }
  return pixels;
}

/**
 * @param {Uint8Array} plain
 * @param {number} colours
 * @param {number} width
 * @param {number} height
 */
function painted(plain, colours, width, height) {
  const bits = bitsOf(colours);
  const [each, mask] = [8 / bits, (1 << bits) - 1];
  const table = tableOf(plain, colours);
  const pixels = new Uint32Array(width * height);
  let from = colours * 3;
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 1) {
      const inside = x % each;
      const index = ((plain[from] ?? 0) >> (8 - bits * (inside + 1))) & mask;
      const colour = table[index];
      if (colour === undefined) throw new RangeError(`colour ${index} of ${colours}`);
      pixels[to] = colour;
      if (inside === each - 1 || x === width - 1) from += 1;
    }
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/**
 * The palette, each colour one number as it lies in memory.
 * @param {Uint8Array} plain
 * @param {number} colours
 */
function tableOf(plain, colours) {
  const bytes = new Uint8Array(colours * 4).fill(255);
  for (let at = 0; at < colours; at += 1) bytes.set(plain.subarray(at * 3, at * 3 + 3), at * 4);
  return new Uint32Array(bytes.buffer);
}

/** Bits of an index into a palette. @param {number} colours */
function bitsOf(colours) {
  return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
}
