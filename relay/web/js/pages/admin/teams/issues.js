/** The issues, in the order in which customers see them. */

import { explain, h, icon, isEnabled, reconcile } from "../../../core/dom.js";
import { post } from "../../../core/http.js";
import { inLanguage, LANGUAGES } from "../site/fields.js";
import { wrong } from "../site/wrong.js";
import { tell } from "../toast.js";
import { erase, openIssue } from "./dialogs.js";

/** @import { IssueRow, Teams } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

export class IssueList {
  /**
   * @param {Texts} texts
   * @param {() => Promise<void>} refresh
   */
  constructor(texts, refresh) {
    this._texts = texts;
    this._refresh = refresh;
    /** @type {Teams} */
    this._shown = { teams: [], issues: [], people: [], way: "choice" };
    const add = h("button", { class: "button", type: "button" }, icon("add"), texts.t("admin.issues_add"));
    add.addEventListener("click", () => openIssue(texts, this._shown, null, refresh));
    this._list = h("ol", { class: "site-list" });
    this._none = h("p", { class: "admin-none" }, texts.t("admin.issues_none"));
    const heading = h("h2", { id: "issues" }, texts.t("admin.issues_heading"));
    const words = h("div", {}, heading, h("p", { class: "soft" }, texts.t("admin.issues_text")));
    const intro = h("div", { class: "admin-intro" }, words, add);
    this.element = h("section", { class: "site-part", "aria-labelledby": "issues" }, intro, this._list, this._none);
  }

  /** Show what there is now. @param {Teams} teams */
  draw(teams) {
    this._shown = teams;
    // Moving an element takes the focus from what is in it.
    const focused = document.activeElement;
    reconcile(this._list, teams.issues.map((one) => ({ ...one, key: one.id })), (issue, present) => this._row(issue, present));
    if (focused instanceof HTMLElement && this._list.contains(focused)) focused.focus();
    this._none.hidden = teams.issues.length > 0;
  }

  /**
   * @param {IssueRow} issue
   * @param {HTMLElement | null} present
   */
  _row(issue, present) {
    const texts = this._texts;
    const line = present ?? h("li", { class: "site-card is-row" }, h("div", { class: "site-about" }), h("div", { class: "key-buttons" }, ...this._acts(issue.id)));
    const team = this._shown.teams.find(({ id }) => id === issue.team);
    const own = inLanguage(texts, issue.names);
    const others = LANGUAGES.map((one) => issue.names[one]).filter((one) => one && one !== own);
    const missing = LANGUAGES.some((one) => !issue.names[one]);
    line.children[0]?.replaceChildren(
      h("div", { class: "role-head" }, h("h3", { dir: "auto" }, own), h("span", { class: "soft", dir: "auto" }, others.join(", "))),
      h("p", { class: "site-to" }, icon("team", "small"), h("span", { dir: "auto" }, team ? team.name : texts.t("admin.issues_general"))),
      missing ? h("p", { class: "state is-off" }, icon("alert", "small"), texts.t("admin.issues_missing")) : "",
    );
    this._name(line, issue);
    return line;
  }

  /**
   * Say of each button what it does to which issue, and why it does nothing.
   * @param {HTMLElement} line
   * @param {IssueRow} issue
   */
  _name(line, issue) {
    const texts = this._texts;
    const words = { name: inLanguage(texts, issue.names) };
    const [up, down, edit, remove] = line.querySelectorAll("button");
    if (!up || !down) return;
    const at = this._shown.issues.findIndex(({ id }) => id === issue.id);
    up.setAttribute("aria-label", texts.t("admin.issues_up", words));
    down.setAttribute("aria-label", texts.t("admin.issues_down", words));
    explain(up, at === 0 ? texts.t("admin.issues_first") : "");
    explain(down, at === this._shown.issues.length - 1 ? texts.t("admin.issues_last") : "");
    edit?.setAttribute("aria-label", texts.t("admin.person_edit_name", words));
    remove?.setAttribute("aria-label", texts.t("admin.role_delete_name", words));
  }

  /** @param {string} id */
  _acts(id) {
    const texts = this._texts;
    const up = arrow("up", () => void this._move(id, -1));
    const down = arrow("down", () => void this._move(id, 1));
    const edit = h("button", { class: "button", type: "button" }, texts.t("admin.person_edit"));
    edit.addEventListener("click", () => openIssue(texts, this._shown, this._find(id), this._refresh));
    const remove = h("button", { class: "button", type: "button" }, texts.t("admin.role_delete"));
    remove.addEventListener("click", async () => {
      await erase(texts, `/api/issues/${id}`, this._nameOf(id), texts.t("admin.issues_delete_text"));
      await this._refresh();
    });
    return [up, down, edit, remove];
  }

  /**
   * @param {string} id
   * @param {number} by
   */
  async _move(id, by) {
    const ids = this._shown.issues.map((one) => one.id);
    const from = ids.indexOf(id);
    ids.splice(from, 1);
    ids.splice(from + by, 0, id);
    try {
      await post("/api/issue-order", { ids });
      tell(this._texts.t("admin.issues_moved", { name: this._nameOf(id), place: from + by + 1, of: ids.length }));
    } catch (failure) {
      tell(wrong(this._texts, failure));
    }
    await this._refresh();
  }

  /** @param {string} id */
  _find(id) {
    return this._shown.issues.find((one) => one.id === id) ?? null;
  }

  /** @param {string} id */
  _nameOf(id) {
    return inLanguage(this._texts, this._find(id)?.names ?? {});
  }
}

/**
 * @param {"up" | "down"} way
 * @param {() => void} act
 */
function arrow(way, act) {
  const button = h("button", { class: "button square", type: "button" }, icon(way));
  button.addEventListener("click", () => isEnabled(button) && act());
  return button;
}
