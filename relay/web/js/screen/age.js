/** How old the picture is: the time since it was last known to be true. Pure: time comes in. */

import { LIMITS } from "../protocol_more.js";

export class Age {
  constructor() {
    /** @type {number | null} */
    this._since = null;
  }

  /** A frame was drawn, or a beat said that the one that is drawn is still true. @param {number} now ms */
  fresh(now) {
    this._since = now;
  }

  /** There is no picture. */
  none() {
    this._since = null;
  }

  /**
   * Whole seconds, where they are to be told; 0: the picture is new enough, or there is none.
   * @param {number} now ms
   */
  seconds(now) {
    const age = this._since === null ? 0 : (now - this._since) / 1000;
    return age > LIMITS.OLD_PICTURE_S ? Math.floor(age) : 0;
  }
}
