/** Turns of the wheel, from whatever a browser counts in to notches. Pure. */

import { SCREEN } from "../protocol_more.js";

/** How much of `deltaMode` 0 (pixels), 1 (lines), 2 (pages) is one notch. */
const NOTCH = [100, 3, 1];

/** At most so many notches at a time. */
const MOST = 50;

/** Keeps what is less than one unit of the wheel for the next turn. */
export class Turns {
  constructor() {
    this._x = 0;
    this._y = 0;
  }

  /**
   * The turn in units of `SCREEN.WHEEL_NOTCH`, or null when it is none yet.
   * @param {{ readonly deltaX: number, readonly deltaY: number, readonly deltaMode: number }} event
   */
  take({ deltaX, deltaY, deltaMode }) {
    const unit = SCREEN.WHEEL_NOTCH / (NOTCH[deltaMode] ?? 100);
    this._x = exact(this._x + deltaX * unit);
    this._y = exact(this._y + deltaY * unit);
    const [dx, dy] = [bounded(Math.trunc(this._x)), bounded(Math.trunc(this._y))];
    this._x %= 1;
    this._y %= 1;
    return dx || dy ? { dx, dy } : null;
  }
}

/** Small fractions must add up. @param {number} units */
function exact(units) {
  return Math.round(units * 1e6) / 1e6;
}

/** @param {number} units */
function bounded(units) {
  const most = MOST * SCREEN.WHEEL_NOTCH;
  return Math.min(most, Math.max(-most, units)) || 0;
}
