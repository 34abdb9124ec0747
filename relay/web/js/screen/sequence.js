/** Which frames can be decoded, and when to ask for a key frame. Pure: time comes in. */

/** Least time between two requests for a key frame, in ms. */
const AGAIN_MS = 500;

/** So many beats in a row that name a frame of which nothing has come: it is lost. */
const LOST_AFTER = 2;

/** For one epoch: frames are numbered from 1. Nothing can be decoded before a key frame. */
export class Sequence {
  constructor() {
    this._last = 0;
    this._whole = false;
    this._ahead = 0;
    this._askedAt = -Infinity;
  }

  /**
   * Whether frame `seq` can be decoded: it is a key frame, or follows the one before. What is old
   * or repeated cannot.
   * @param {number} seq
   * @param {boolean} key
   */
  take(seq, key) {
    if (seq <= this._last) return false;
    this._whole = key || (this._whole && seq === this._last + 1);
    this._last = seq;
    this._ahead = 0;
    return this._whole;
  }

  /** A part of some frame has come. */
  partCame() {
    this._ahead = 0;
  }

  /**
   * A beat named the newest frame. It may overtake the parts of that frame, but not twice without
   * any of them.
   * @param {number} newest
   */
  beat(newest) {
    this._ahead = newest > this._last ? this._ahead + 1 : 0;
    if (this._ahead >= LOST_AFTER) this._whole = false;
  }

  /** The decoder has lost its place: only a key frame helps. */
  broken() {
    this._whole = false;
  }

  /**
   * Whether to ask for a key frame now; if so, that counts as asked.
   * @param {number} now ms
   */
  asks(now) {
    if (this._whole || now - this._askedAt < AGAIN_MS) return false;
    this._askedAt = now;
    return true;
  }
}
