/** The dialogs in which teams and issues are made, changed and deleted. */

import { confirm } from "../../../chat/confirm.js";
import { get, post } from "../../../core/http.js";
import { boxes, inLanguage, labelled, LANGUAGES, languageName, line, toggle, waySelect } from "../site/fields.js";
import { h } from "../../../core/dom.js";
import { openSheet } from "../site/sheet.js";
import { wrong } from "../site/wrong.js";
import { tell } from "../toast.js";

/** @import { IssueRow, TeamRow, Teams } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {Teams} known
 * @param {TeamRow | null} team null: a new one
 * @param {() => void} changed
 */
export function openTeam(texts, known, team, changed) {
  let version = team?.version ?? "";
  const name = line("name", team?.name ?? "");
  const members = memberBoxes(texts, known, team);
  const way = waySelect(texts, team?.way ?? null, known.way);
  const leastBusy = toggle(texts.t("admin.teams_least_busy"), team?.leastBusy ?? false, texts.t("admin.teams_least_busy_hint"));
  openSheet(texts, {
    title: team ? texts.t("admin.person_edit_name", { name: team.name }) : texts.t("admin.teams_add"),
    parts: [
      labelled(texts.t("admin.role_name"), name, texts.t("admin.teams_name_hint")),
      members.element,
      way.element,
      leastBusy.element,
    ],
    yes: texts.t("admin.person_save"),
    save: () =>
      post(team ? `/api/teams/${team.id}` : "/api/teams", {
        name: name.value,
        members: members.chosen(),
        way: way.chosen(),
        leastBusy: leastBusy.input.checked,
        version,
      }),
    done: () => saved(texts, changed),
    newer: async () => {
      /** @type {Teams} */
      const now = await get("/api/teams");
      const theirs = now.teams.find(({ id }) => id === team?.id);
      version = theirs?.version ?? version;
      return null;
    },
  });
}

/**
 * @param {Texts} texts
 * @param {Teams} known
 * @param {TeamRow | null} team
 */
function memberBoxes(texts, known, team) {
  const choices = known.people.map(({ id, shownName, helps }) => ({
    value: id,
    label: shownName,
    note: helps ? "" : texts.t("admin.teams_member_off"),
    on: team?.members.includes(id) ?? false,
  }));
  return boxes(texts.t("admin.teams_members"), choices);
}

/**
 * @param {Texts} texts
 * @param {Teams} known
 * @param {IssueRow | null} issue null: a new one
 * @param {() => void} changed
 */
export function openIssue(texts, known, issue, changed) {
  let version = issue?.version ?? "";
  const names = LANGUAGES.map((one) => ({ language: one, input: line(`names.${one}`, issue?.names[one] ?? "") }));
  for (const { language, input } of names) input.lang = language;
  const team = h("select", { class: "input", name: "team" });
  team.append(new Option(texts.t("admin.issues_general"), ""));
  for (const one of known.teams) team.append(new Option(one.name, one.id, false, one.id === issue?.team));
  openSheet(texts, {
    title: issue ? texts.t("admin.person_edit_name", { name: inLanguage(texts, issue.names) }) : texts.t("admin.issues_add"),
    parts: [
      ...names.map(({ language, input }, at) =>
        labelled(
          texts.t("admin.issues_name", { language: languageName(texts, language) }),
          input,
          at === LANGUAGES.length - 1 ? texts.t("admin.issues_name_hint") : "",
        ),
      ),
      labelled(texts.t("admin.issues_team"), team, texts.t("admin.issues_team_hint")),
    ],
    yes: texts.t("admin.person_save"),
    save: () =>
      post(issue ? `/api/issues/${issue.id}` : "/api/issues", {
        names: Object.fromEntries(names.map(({ language, input }) => [language, input.value])),
        team: team.value || null,
        version,
      }),
    done: () => saved(texts, changed),
    newer: async () => {
      /** @type {Teams} */
      const now = await get("/api/teams");
      version = now.issues.find(({ id }) => id === issue?.id)?.version ?? version;
      return null;
    },
  });
}

/**
 * Delete what `path` names, after a question.
 * @param {Texts} texts
 * @param {string} path
 * @param {string} name
 * @param {string} text
 */
export async function erase(texts, path, name, text) {
  const sure = await confirm({
    title: texts.t("admin.teams_delete_title", { name }),
    text,
    yes: texts.t("admin.role_delete"),
    no: texts.t("admin.person_cancel"),
  });
  if (!sure) return;
  try {
    await post(`${path}/delete`);
    tell(texts.t("admin.teams_deleted", { name }));
  } catch (failure) {
    tell(wrong(texts, failure));
  }
}

/**
 * @param {Texts} texts
 * @param {() => void} changed
 */
function saved(texts, changed) {
  changed();
  tell(texts.t("admin.person_saved"));
}
