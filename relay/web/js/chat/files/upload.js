/** Brings one file to the relay, whatever the link does meanwhile. */

import { Sha256 } from "./sha256.js";
import { pieceOf, piecesOf } from "./pieces.js";

/** @import { Lanes } from "./lanes.js" */
/** @import { Way } from "./pieces.js" */

/** The file cannot be read any longer, or has changed. */
export class Unreadable extends Error {}

/**
 * What a file on its way has around it: `again` takes a step until it is taken, `told` hears how
 * many bytes are there.
 * @typedef {object} Around
 * @property {Way} way
 * @property {Lanes} lanes
 * @property {<T>(step: () => Promise<T>) => Promise<T>} again
 * @property {(done: number) => void} told
 */

/**
 * Send what the relay has not got, then the sum of all. Throws `Unreadable`, and what `again` lets
 * through.
 * @param {Blob} file
 * @param {Around} around
 */
export async function upload(file, { way, lanes, again, told }) {
  const digest = new Digest(file);
  let standing = await again(() => way.standing());
  for (;;) {
    told(standing.done);
    // What was sent before this page began counts for the sum, too.
    while (digest.pieces < standing.pieces) await digest.add(digest.pieces);
    if (standing.pieces >= piecesOf(file.size)) break;
    const piece = standing.pieces;
    let failed = false;
    standing = await again(() => {
      // An answer that was lost may have been a yes: a stored piece is never sent again.
      if (failed) return way.standing();
      failed = true;
      return lanes.run(async () => way.put(piece, await digest.add(piece)));
    });
  }
  await again(() => way.end(digest.hex));
}

/** The sum of a file's pieces, each counted once. */
class Digest {
  /** @param {Blob} file */
  constructor(file) {
    this._file = file;
    this._sha256 = new Sha256();
    this._hex = "";
    /** How many have been counted. */
    this.pieces = 0;
  }

  /** The bytes of a piece, which is counted when it is the next. @param {number} piece */
  async add(piece) {
    const bytes = await pieceOf(this._file, piece).catch((error) => {
      throw new Unreadable(String(error));
    });
    if (piece === this.pieces) {
      this._sha256.update(bytes);
      this.pieces += 1;
    }
    return bytes;
  }

  get hex() {
    this._hex ||= this._sha256.hex();
    return this._hex;
  }
}
