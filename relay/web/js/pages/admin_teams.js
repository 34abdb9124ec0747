/** Teams and issues: who takes which customers, and what customers may choose on the portal. */

import { byId, h, icon, isEnabled, explain, reconcile } from "../core/dom.js";
import { get } from "../core/http.js";
import { load } from "../core/texts.js";
import { wayWords } from "./admin/site/fields.js";
import { wrong } from "./admin/site/wrong.js";
import { IssueList } from "./admin/teams/issues.js";
import { erase, openTeam } from "./admin/teams/dialogs.js";
import { tell } from "./admin/toast.js";

/** @import { TeamRow, Teams } from "../protocol.js" */

const texts = await load();
/** @type {Teams} */
let shown = { teams: [], issues: [], people: [], way: "choice" };

const add = h("button", { class: "button primary", type: "button" }, icon("add"), texts.t("admin.teams_add"));
add.addEventListener("click", () => openTeam(texts, shown, null, refresh));
const list = h("ul", { class: "site-list" });
const none = h("p", { class: "admin-none" }, texts.t("admin.teams_none"));
const issues = new IssueList(texts, refresh);

async function refresh() {
  try {
    shown = await get("/api/teams");
    reconcile(list, shown.teams.map((one) => ({ ...one, key: one.id })), card);
    none.hidden = shown.teams.length > 0;
    issues.draw(shown);
  } catch (failure) {
    tell(wrong(texts, failure));
  }
}

/**
 * @param {TeamRow} team
 * @param {HTMLElement | null} present
 */
function card(team, present) {
  const element = present ?? h("li", { class: "site-card" }, h("div", { class: "site-about" }), h("div", { class: "key-buttons" }, ...acts(team.id)));
  element.children[0]?.replaceChildren(...about(team));
  const [edit, remove] = element.querySelectorAll("button");
  edit?.setAttribute("aria-label", texts.t("admin.person_edit_name", { name: team.name }));
  remove?.setAttribute("aria-label", texts.t("admin.role_delete_name", { name: team.name }));
  if (remove) explain(remove, team.waiting ? texts.count("admin.teams_busy", team.waiting) : "");
  return element;
}

/** @param {TeamRow} team */
function about(team) {
  const chips = [
    team.way && h("span", { class: "chip" }, wayWords(texts, team.way)),
    team.leastBusy && h("span", { class: "chip" }, texts.t("admin.teams_least_busy_chip")),
    team.waiting > 0 && h("span", { class: "chip" }, icon("pending", "small"), texts.count("admin.teams_waiting", team.waiting)),
  ];
  const names = shown.people.filter(({ id }) => team.members.includes(id));
  const members = names.map(({ shownName, helps }) =>
    h("li", { dir: "auto" }, icon(helps ? "person" : "away", "small"), shownName, helps ? null : h("span", { class: "soft" }, texts.t("admin.teams_member_off"))),
  );
  const nobody = h("p", { class: "state is-off" }, icon("alert", "small"), texts.t("admin.teams_nobody"));
  return [
    h("div", { class: "role-head" }, h("h3", { dir: "auto" }, team.name), ...chips),
    members.length ? h("ul", { class: "site-people" }, ...members) : nobody,
  ];
}

/** @param {string} id */
function acts(id) {
  const find = () => shown.teams.find((one) => one.id === id);
  const edit = h("button", { class: "button", type: "button" }, texts.t("admin.person_edit"));
  edit.addEventListener("click", () => {
    const team = find();
    if (team) openTeam(texts, shown, team, refresh);
  });
  const remove = h("button", { class: "button", type: "button" }, texts.t("admin.role_delete"));
  remove.addEventListener("click", async () => {
    const team = find();
    if (!team || !isEnabled(remove)) return;
    await erase(texts, `/api/teams/${id}`, team.name, texts.t("admin.teams_delete_text"));
    await refresh();
  });
  return [edit, remove];
}

const intro = h("div", {}, h("h1", {}, texts.t("admin.teams")), h("p", { class: "soft" }, texts.t("admin.teams_text")));
const teams = h("h2", { id: "teams" }, texts.t("admin.teams_heading"));
byId("main", HTMLElement).replaceChildren(
  intro,
  h("section", { class: "site-part", "aria-labelledby": "teams" }, h("div", { class: "admin-intro" }, teams, add), list, none),
  issues.element,
);
await refresh();
