/** How one wants to be called, and when one counts as away; remembered by this browser. */

import { recall, remember } from "../../../core/memory.js";
import { Store } from "../../../core/store.js";
import { limitOf } from "./idleness.js";

const SOUND = "call by sound";
const NOTIFY = "call by notification";
const AWAY = "away after";

/**
 * `awayMin` is after how many minutes without a touch one counts as away, 0: never.
 * @typedef {{ sound: boolean, notify: boolean, awayMin: number }} Wishes
 */

export class Settings {
  constructor() {
    this.store = new Store(stored());
    // Another window of this browser may change them.
    window.addEventListener("storage", () => this.store.update(stored()));
  }

  /** @param {boolean} on */
  setSound(on) {
    remember(SOUND, on ? "on" : "off", "localStorage");
    this.store.update({ sound: on });
  }

  /** @param {boolean} on */
  setNotify(on) {
    remember(NOTIFY, on ? "on" : "off", "localStorage");
    this.store.update({ notify: on });
  }

  /** @param {number} minutes */
  setAway(minutes) {
    remember(AWAY, String(minutes), "localStorage");
    this.store.update({ awayMin: minutes });
  }
}

/** @returns {Wishes} */
function stored() {
  return {
    sound: recall(SOUND, "localStorage") !== "off",
    notify: recall(NOTIFY, "localStorage") === "on",
    awayMin: limitOf(recall(AWAY, "localStorage")),
  };
}
