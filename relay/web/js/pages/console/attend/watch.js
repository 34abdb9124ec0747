/** Notices when nobody touches the console any more, and when somebody does again. */

import { Store } from "../../../core/store.js";
import { attendance } from "./idleness.js";

/** @import { Settings } from "./settings.js" */
/** @import { Attendance } from "./idleness.js" */

const TICK_MS = 5_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

export class Watch {
  /** @param {Settings} settings */
  constructor(settings) {
    this._settings = settings;
    this._touchedAt = Date.now();
    this.store = new Store(/** @type {{ attendance: Attendance }} */ ({ attendance: "here" }));
    // Before anything that stops them: keys for the customer's screen are touches, too.
    for (const touch of TOUCHES) {
      window.addEventListener(touch, () => this._touched(), { capture: true, passive: true });
    }
    settings.store.subscribe(() => this._look());
    setInterval(() => this._look(), TICK_MS);
  }

  _touched() {
    this._touchedAt = Date.now();
    if (this.store.value.attendance !== "here") this._look();
  }

  _look() {
    const now = attendance(Date.now() - this._touchedAt, this._settings.store.value.awayMin);
    if (now !== this.store.value.attendance) this.store.update({ attendance: now });
  }
}
