/** The sessions of others, for those who may join them uninvited: everybody in them sees it. */

import { confirm } from "../../chat/confirm.js";
import { h, press, reconcile, setText } from "../../core/dom.js";
import { ago } from "../../core/time.js";
import { listed } from "./words.js";

/** @import { RunningSession } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Desk } from "./desk.js" */

export class Running {
  /**
   * @param {Texts} texts
   * @param {Desk} desk
   * @param {(session: string) => void} join
   */
  constructor(texts, desk, join) {
    this._texts = texts;
    this._desk = desk;
    this._join = join;
    this._list = h("ul", {});
    this.element = h("section", { class: "queue running", hidden: true }, h("h3", {}, texts.t("desk.running")), this._list);
    this.element.setAttribute("aria-label", texts.t("desk.running"));
    desk.store.subscribe(() => this.render());
  }

  render() {
    const running = this._desk.store.value.state?.running ?? [];
    this.element.hidden = running.length === 0;
    const rows = running.map((one) => ({ key: one.session, one }));
    reconcile(this._list, rows, ({ one }, present) => this._draw(one, present));
  }

  /**
   * @param {RunningSession} one
   * @param {HTMLElement | null} present
   */
  _draw(one, present) {
    const texts = this._texts;
    const customer = one.customer || texts.t("person.customer");
    const element = present ?? this._row(one.session);
    const [name, join, facts] = element.children;
    if (name) setText(name, customer);
    join?.setAttribute("aria-label", texts.t("desk.join_name", { name: customer }));
    if (facts) {
      const names = texts.t("desk.running_with", { names: listed(texts, one.names) });
      facts.replaceChildren(h("span", { dir: "auto" }, names), h("span", {}, ago(texts, one.since, this._desk.now())));
    }
    return element;
  }

  /** @param {string} session */
  _row(session) {
    const join = press(this._texts.t("desk.join"), () => void this._ask(session));
    return h("li", { class: "waiter" }, h("div", { class: "waiter-name", dir: "auto" }), join, h("div", { class: "waiter-facts" }));
  }

  /** @param {string} session */
  async _ask(session) {
    const texts = this._texts;
    const one = this._desk.store.value.state?.running.find((other) => other.session === session);
    const name = one?.customer || texts.t("person.customer");
    const sure = await confirm({
      title: texts.t("desk.join_title", { name }),
      text: texts.t("desk.join_text", { name }),
      yes: texts.t("desk.join"),
      no: texts.t("desk.join_keep"),
    });
    if (sure) this._join(session);
  }
}
