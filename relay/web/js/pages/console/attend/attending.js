/** Being called and being there, put together: what the console needs of it. */

import { Announcer } from "./announcer.js";
import { attendBand } from "./band.js";
import { Bell } from "./bell.js";
import { Caller } from "./caller.js";
import { AttendDialog } from "./dialog.js";
import { Notifier } from "./notifier.js";
import { Settings } from "./settings.js";
import { Watch } from "./watch.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Desk } from "../desk.js" */

export class Attending {
  /**
   * `followed` is told when somebody came here by a notification.
   * @param {Texts} texts
   * @param {Desk} desk
   * @param {{ tell: (words: string) => void, followed: () => void }} ears
   */
  constructor(texts, desk, { tell, followed }) {
    const settings = new Settings();
    const watch = new Watch(settings);
    const bell = new Bell();
    const notifier = new Notifier(followed);
    this.announcer = new Announcer();
    this.dialog = new AttendDialog(texts, { settings, bell, notifier });
    this.band = attendBand(texts, desk, watch, tell);
    new Caller(texts, { desk, settings, watch, bell, notifier, announcer: this.announcer });
  }
}
