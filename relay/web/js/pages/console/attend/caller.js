/** Calls a representative: when somebody comes into the queue, and before they count as away. */

import { arrivals } from "./arrivals.js";

/** @import { QueueEntry } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */
/** @import { Desk } from "../desk.js" */
/** @import { Announcer } from "./announcer.js" */
/** @import { Bell } from "./bell.js" */
/** @import { Notifier } from "./notifier.js" */
/** @import { Settings } from "./settings.js" */
/** @import { Watch } from "./watch.js" */

/** @typedef {{ desk: Desk, settings: Settings, watch: Watch, bell: Bell, notifier: Notifier, announcer: Announcer }} Means */

export class Caller {
  /**
   * @param {Texts} texts
   * @param {Means} means
   */
  constructor(texts, means) {
    this._texts = texts;
    this._means = means;
    /** @type {ReadonlySet<string> | null} */
    this._known = null;
    const { desk, watch } = means;
    desk.store.subscribe(({ state }) => state && this._look(state.queue));
    watch.store.subscribe(({ attendance }) => {
      desk.setIdle(attendance === "away");
      if (attendance === "soon" && this._counts) this._call(texts.t("attend.soon_title"), texts.t("attend.soon"), "attend");
    });
  }

  /** Whether one is free now; who is busy or away is called by nobody. */
  get _counts() {
    return this._means.desk.store.value.state?.presence === "available";
  }

  /** @param {readonly QueueEntry[]} queue */
  _look(queue) {
    const { known, fresh } = arrivals(this._known, queue);
    this._known = known;
    const [first] = fresh;
    if (!first) return;
    const words = fresh.length === 1 ? this._title(first) : this._texts.count("attend.came", fresh.length);
    this._means.announcer.say(first.issue && fresh.length === 1 ? `${words}: ${first.issue}` : words);
    if (this._counts) this._call(words, fresh.length === 1 ? first.issue : "", `queue ${first.session}`);
  }

  /** @param {QueueEntry} entry */
  _title({ customer, invitation, by }) {
    const name = customer || this._texts.t("person.customer");
    return invitation ? this._texts.t("attend.invites", { by, name }) : this._texts.t("attend.waits", { name });
  }

  /**
   * @param {string} title
   * @param {string} body
   * @param {string} tag
   */
  _call(title, body, tag) {
    const { settings, bell, notifier } = this._means;
    if (settings.store.value.sound) void bell.ring();
    if (settings.store.value.notify) notifier.tell(title, body, tag);
  }
}
