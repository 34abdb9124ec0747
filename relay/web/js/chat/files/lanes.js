/** A few at a time, in turn: who wants another piece stands at the end of the line again. */

export class Lanes {
  /** @param {number} most how many at a time */
  constructor(most) {
    this._free = most;
    /** @type {(() => void)[]} */
    this._line = [];
  }

  /**
   * Run `work` when it is its turn; what it gives or throws.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(work) {
    if (this._free > 0) this._free -= 1;
    else await new Promise((/** @type {(_: void) => void} */ go) => this._line.push(go));
    try {
      return await work();
    } finally {
      const next = this._line.shift();
      if (next) next();
      else this._free += 1;
    }
  }
}
