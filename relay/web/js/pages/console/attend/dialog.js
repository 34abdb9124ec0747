/** How one wants to be called, and when one counts as away. */

import { h, press, setText } from "../../../core/dom.js";
import { dialogOf, dialogTitle } from "../dialog.js";
import { CHOICES_MIN } from "./idleness.js";

/** @import { Texts } from "../../../core/texts.js" */
/** @import { Bell } from "./bell.js" */
/** @import { Leave, Notifier } from "./notifier.js" */
/** @import { Settings } from "./settings.js" */

/** What is said of the browser's leave, where there is something to say. @type {Readonly<Partial<Record<Leave, string>>>} */
const LEAVE = { denied: "attend.notify_blocked", missing: "attend.notify_missing" };

export class AttendDialog {
  /**
   * @param {Texts} texts
   * @param {{ settings: Settings, bell: Bell, notifier: Notifier }} means
   */
  constructor(texts, { settings, bell, notifier }) {
    this._texts = texts;
    this._settings = settings;
    this._notifier = notifier;
    this._sound = h("input", { type: "checkbox" });
    this._sound.addEventListener("change", () => settings.setSound(this._sound.checked));
    this._notify = h("input", { type: "checkbox" });
    this._notify.addEventListener("change", () => void this._setNotify());
    this._leave = h("p", { class: "hint", role: "status" });
    this._away = h("select", { class: "input", id: "attend-away" });
    for (const minutes of CHOICES_MIN) {
      this._away.append(h("option", { value: String(minutes) }, minutes ? texts.t("attend.away_after", { n: minutes }) : texts.t("attend.away_never")));
    }
    this._away.addEventListener("change", () => settings.setAway(Number(this._away.value)));
    const title = dialogTitle("attend-title", texts.t("attend.title"));
    this.element = dialogOf(texts, title, this._calls(bell), this._presence());
    settings.store.subscribe(() => this._render());
  }

  open() {
    if (this.element.open) return;
    this._render();
    this.element.showModal();
  }

  /** @param {Bell} bell */
  _calls(bell) {
    const { _texts: texts } = this;
    const hear = press(texts.t("attend.sound_try"), () => void bell.ring(true));
    const sound = h("label", { class: "switch" }, this._sound, texts.t("attend.sound"));
    const notify = h("label", { class: "switch" }, this._notify, texts.t("attend.notify"));
    const legend = h("legend", {}, texts.t("attend.calls"));
    const hint = h("p", { class: "hint" }, texts.t("attend.calls_hint"));
    return h("fieldset", { class: "attend-part" }, legend, h("div", { class: "attend-row" }, sound, hear), notify, this._leave, hint);
  }

  _presence() {
    const label = h("label", { for: this._away.id }, this._texts.t("attend.away"));
    const hint = h("p", { class: "hint", id: "attend-away-hint" }, this._texts.t("attend.away_hint"));
    this._away.setAttribute("aria-describedby", hint.id);
    return h("div", { class: "field" }, label, this._away, hint);
  }

  async _setNotify() {
    const wanted = this._notify.checked;
    const leave = wanted ? await this._notifier.ask() : this._notifier.leave;
    this._settings.setNotify(wanted && leave === "granted");
    this._render();
    setText(this._leave, this._leaveWords());
  }

  _render() {
    const { sound, notify, awayMin } = this._settings.store.value;
    const { leave } = this._notifier;
    this._sound.checked = sound;
    this._notify.checked = notify && leave === "granted";
    this._notify.disabled = leave === "missing";
    this._away.value = String(awayMin);
    setText(this._leave, this._leaveWords());
  }

  _leaveWords() {
    const key = LEAVE[this._notifier.leave];
    return key ? this._texts.t(key) : "";
  }
}
