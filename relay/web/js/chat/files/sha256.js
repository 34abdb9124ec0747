/**
 * SHA-256 piece by piece (FIPS 180-4), which `crypto.subtle` cannot do. It runs between other work,
 * a piece of 1 MiB at a time: the pages' Trusted Types allow no worker.
 */

const BLOCK_BYTES = 64;
const WORDS = 2 ** 32;

/** The first bits behind the point of the cube and square roots of the first primes. */
const PRIMES = primes(64);
const ROUNDS = Uint32Array.from(PRIMES, (one) => (Math.cbrt(one) % 1) * WORDS);
const FIRST = Uint32Array.from(PRIMES.slice(0, 8), (one) => (Math.sqrt(one) % 1) * WORDS);

export class Sha256 {
  constructor() {
    this._state = FIRST.slice();
    this._words = new Int32Array(64);
    this._rest = new Uint8Array(BLOCK_BYTES);
    this._bytes = 0;
  }

  /** Add what follows. @param {Uint8Array} bytes */
  update(bytes) {
    let at = 0;
    const held = this._bytes % BLOCK_BYTES;
    this._bytes += bytes.length;
    if (held) {
      at = Math.min(BLOCK_BYTES - held, bytes.length);
      this._rest.set(bytes.subarray(0, at), held);
      if (held + at < BLOCK_BYTES) return;
      this._block(this._rest, 0);
    }
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) this._block(bytes, at);
    this._rest.set(bytes.subarray(at));
  }

  /** The sum of all so far, in hexadecimal digits; nothing can be added after it. */
  hex() {
    const bits = this._bytes * 8;
    const held = this._bytes % BLOCK_BYTES;
    const end = new Uint8Array((held < 56 ? 64 : 128) - held);
    end[0] = 0x80;
    const length = new DataView(end.buffer, end.length - 8);
    length.setUint32(0, Math.floor(bits / WORDS));
    length.setUint32(4, bits % WORDS);
    this.update(end);
    return Array.from(this._state, (word) => word.toString(16).padStart(8, "0")).join("");
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  _block(bytes, at) {
    const words = this._words;
    const state = this._state;
    schedule(words, bytes, at);
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const turnedE = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const one = (h + turnedE + (g ^ (e & (f ^ g))) + /** @type {number} */ (ROUNDS[i]) + /** @type {number} */ (words[i])) | 0;
      const turnedA = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const two = (turnedA + ((a & b) | (c & (a | b)))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] = /** @type {number} */ (state[place]) + word));
  }
}

/**
 * The message schedule of the block at `at`.
 * @param {Int32Array} words
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function schedule(words, bytes, at) {
  const block = new DataView(bytes.buffer, bytes.byteOffset + at, BLOCK_BYTES);
  for (let i = 0; i < 16; i++) words[i] = block.getInt32(i * 4);
  for (let i = 16; i < 64; i++) {
    const old = /** @type {number} */ (words[i - 15]);
    const near = /** @type {number} */ (words[i - 2]);
    const small = ((old >>> 7) | (old << 25)) ^ ((old >>> 18) | (old << 14)) ^ (old >>> 3);
    const large = ((near >>> 17) | (near << 15)) ^ ((near >>> 19) | (near << 13)) ^ (near >>> 10);
    words[i] = /** @type {number} */ (words[i - 16]) + small + /** @type {number} */ (words[i - 7]) + large;
  }
}

/** @param {number} count */
function primes(count) {
  /** @type {number[]} */
  const found = [];
  for (let one = 2; found.length < count; one++) if (found.every((prime) => one % prime)) found.push(one);
  return found;
}
