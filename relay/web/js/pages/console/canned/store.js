/** The canned messages that one may use, fetched when they are first looked for and ever again. */

import { get, sentence } from "../../../core/http.js";
import { Store } from "../../../core/store.js";
import { usableOf } from "../../canned/shelves.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Message } from "../../canned/search.js" */

/**
 * `messages` is null before the first answer; `trouble` says why there is none.
 * @typedef {{ messages: readonly Message[] | null, trouble: string }} Known
 */

export class CannedShelf {
  /** @param {Texts} texts */
  constructor(texts) {
    this._texts = texts;
    this.store = new Store(/** @type {Known} */ ({ messages: null, trouble: "" }));
    this._asking = false;
  }

  /** Fetch them; what is known stays until others have come. */
  async look() {
    if (this._asking) return;
    this._asking = true;
    try {
      const messages = usableOf(await get("/api/canned"));
      this.store.update({ messages, trouble: "" });
    } catch (failure) {
      this.store.update({ trouble: sentence(this._texts, failure) });
    } finally {
      this._asking = false;
    }
  }
}
