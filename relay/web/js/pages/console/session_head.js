/** The line above a session: who the customer is, for how long, and who else helps. */

import { nameOf } from "../../chat/lines.js";
import { stateOf } from "../../chat/state.js";
import { h, setText } from "../../core/dom.js";
import { helpers } from "../../core/view.js";
import { Timer } from "./timer.js";
import { listed } from "./words.js";

/** @import { OpenSession } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */
/** @import { Desk } from "./desk.js" */

export class SessionHead {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   * @param {Element} actions
   */
  constructor(texts, desk, actions) {
    this._texts = texts;
    this._name = h("h2", { dir: "auto" });
    this._timer = new Timer(texts, () => desk.now());
    this._with = h("span", { class: "soft" });
    this._state = h("span", { class: "state", role: "status" });
    const who = h("div", { class: "session-who" }, this._name, this._timer.element, this._with, this._state);
    this.element = h("header", { class: "session-head" }, who, actions);
  }

  /**
   * @param {View} view
   * @param {string} name
   * @param {boolean} over
   */
  render(view, name, over) {
    setText(this._name, name);
    const others = helpers(view).filter(({ id }) => id !== view.me);
    const names = listed(this._texts, others.map(({ id }) => nameOf(view, this._texts, id)));
    setText(this._with, names && this._texts.t("desk.with", { names }));
    this._state.replaceChildren(...stateOf(this._texts, view, "customer"));
    this._state.hidden = over;
  }

  /**
   * How long it lasts; `open` is what the desk knows of it.
   * @param {View} view
   * @param {OpenSession | null} open
   */
  time(view, open) {
    const ended = view.snapshot?.log.findLast((fact) => fact.t === "session.ended");
    this._timer.show(open?.accepted ?? 0, ended?.at ?? 0);
  }

  stop() {
    this._timer.stop();
  }
}
