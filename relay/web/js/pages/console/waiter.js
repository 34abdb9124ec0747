/** One entry of the queue: who waits or is to be joined, what about, and the button to take them. */

import { explain, h, icon, isEnabled, press, setText } from "../../core/dom.js";
import { stateWords } from "./checks.js";
import { doorName, languageName } from "./words.js";

/** @import { QueueEntry } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Shown } from "./queue_order.js" */

/** What the buttons do. @typedef {{ take: (entry: QueueEntry) => void, letIn: (entry: QueueEntry) => void }} Takes */

const MINUTE = 60_000;

export class Waiter {
  /**
   * @param {Texts} texts
   * @param {Takes} takes
   */
  constructor(texts, takes) {
    this._texts = texts;
    /** @type {QueueEntry | null} */
    this._entry = null;
    this._name = h("div", { class: "waiter-name", dir: "auto" });
    this._facts = h("div", { class: "waiter-facts" });
    this._take = press("", () => this._entry && isEnabled(this._take) && takes.take(this._entry), "primary");
    this._issue = h("p", { class: "waiter-issue", dir: "auto" });
    this._words = h("p", { class: "waiter-words", dir: "auto" });
    this._more = h("details", {}, h("summary", {}, texts.t("queue.words")), this._words);
    this._letIn = press(texts.t("queue.let_in"), () => this._entry && takes.letIn(this._entry));
    const knocks = h("span", { class: "state" }, icon("alert", "small"), texts.t("queue.knocks"));
    this._knock = h("div", { class: "waiter-knock" }, knocks, this._letIn);
    this._checks = h("p", { class: "state waiter-checks" });
    const parts = [this._name, this._take, this._facts, this._checks, this._issue, this._more, this._knock];
    this.element = h("li", { class: "waiter" }, ...parts);
  }

  /**
   * @param {Shown} shown
   * @param {number} now by the relay's clock
   */
  show({ entry, gone }, now) {
    const texts = this._texts;
    const name = entry.customer || texts.t("person.customer");
    this._entry = entry;
    this.element.classList.toggle("gone", gone);
    setText(this._name, name);
    this._name.title = name;
    this._facts.replaceChildren(...(gone ? [h("span", {}, this._goneWords(entry))] : this._told(entry, now)));
    this._renderChecks(entry, gone);
    this._renderTake(entry, name, gone);
    this._issue.hidden = !entry.issue;
    setText(this._issue, entry.issue);
    this._more.hidden = !entry.words;
    setText(this._words, entry.words);
    this._knock.hidden = gone || !entry.knocks;
    this._letIn.setAttribute("aria-label", texts.t("queue.let_in_name", { name }));
  }

  /**
   * What their program found on their computer.
   * @param {QueueEntry} entry
   * @param {boolean} gone
   */
  _renderChecks({ checks }, gone) {
    this._checks.hidden = gone || !checks;
    if (!checks) return;
    const { good, words } = stateWords(this._texts, checks);
    if (this._checks.dataset.words === words) return;
    this._checks.dataset.words = words;
    this._checks.classList.toggle("warned", !good);
    this._checks.replaceChildren(icon(good ? "eye" : "alert", "small"), h("span", {}, words));
  }

  /**
   * @param {QueueEntry} entry
   * @param {string} name
   * @param {boolean} gone
   */
  _renderTake(entry, name, gone) {
    const texts = this._texts;
    setText(this._take, texts.t(entry.invitation ? "queue.join" : "console.accept"));
    const label = entry.invitation ? "queue.join_name" : "console.accept_name";
    this._take.setAttribute("aria-label", texts.t(label, { name }));
    const early = entry.preparing ? texts.t("queue.preparing_why", { name }) : "";
    explain(this._take, gone ? this._goneWords(entry) : early);
  }

  /** @param {QueueEntry} entry */
  _goneWords({ invitation }) {
    return this._texts.t(invitation ? "queue.invitation_gone" : "console.waiter_gone");
  }

  /**
   * @param {QueueEntry} entry
   * @param {number} now
   */
  _told(entry, now) {
    const texts = this._texts;
    const cause = causeWords(texts, entry);
    const there = entry.present
      ? h("span", { class: "state" }, h("span", { class: "dot good" }), texts.t("console.present"))
      : h("span", { class: "state" }, icon("away", "small"), texts.t("page.offline"));
    return [
      ...(cause ? [h("span", { class: "waiter-cause" }, cause)] : []),
      ...(entry.preparing ? [h("span", {}, texts.t("queue.preparing"))] : []),
      h("span", {}, waitWords(texts, entry, now)),
      there,
      h("span", { dir: "auto" }, doorName(texts, entry)),
      ...(entry.language ? [h("span", {}, languageName(texts, entry.language))] : []),
    ];
  }
}

/**
 * Why they are in this queue, where that is not by themselves.
 * @param {Texts} texts
 * @param {QueueEntry} entry
 */
function causeWords(texts, { invitation, cause, by }) {
  if (invitation) return texts.t("queue.invites", { name: by });
  if (cause === "transfer") return texts.t("queue.passed", { name: by });
  return cause === "lost" ? texts.t("queue.back") : "";
}

/**
 * @param {Texts} texts
 * @param {QueueEntry} entry
 * @param {number} now
 */
function waitWords(texts, { invitation, since }, now) {
  const minutes = Math.floor((now - since) / MINUTE);
  if (invitation) return minutes < 1 ? texts.t("time.just_now") : texts.count("time.minutes", minutes);
  return minutes < 1 ? texts.t("console.waits_new") : texts.count("console.waits", minutes);
}
