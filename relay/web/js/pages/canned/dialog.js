/** The dialogs in which a canned message is written, changed and deleted. */

import { confirm } from "../../chat/confirm.js";
import { h } from "../../core/dom.js";
import { get, post } from "../../core/http.js";
import { labelled, line } from "../admin/site/fields.js";
import { openSheet } from "../admin/site/sheet.js";
import { wrong } from "../admin/site/wrong.js";
import { tell } from "../admin/toast.js";
import { shownPath, split } from "./search.js";
import { cannedWords } from "./words.js";

/** @import { CannedRow, CannedTeam } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */

/**
 * Where messages of one kind are kept: the address of their calls, all there are, and the teams
 * they may be for (null: they are one's own).
 * @typedef {object} Place
 * @property {"/api/canned" | "/api/shared-canned"} address
 * @property {readonly CannedRow[]} rows
 * @property {readonly CannedTeam[] | null} teams
 * @property {string} site what customers call the organisation
 * @property {() => Promise<void>} changed
 */

/**
 * @param {Texts} texts
 * @param {Place} place
 * @param {CannedRow | null} row null: a new one
 */
export function openCanned(texts, place, row) {
  let version = row?.version ?? "";
  const path = line("path", row?.path ?? "");
  const folders = foldersOf(place.rows);
  path.setAttribute("list", folders.id);
  const team = place.teams && teamChoice(texts, place.teams, row);
  const words = cannedWords(texts, place.site, row?.texts ?? {});
  const named = labelled(texts.t("canned.path"), path, texts.t("canned.path_hint"));
  const form = h("div", { class: "sheet-form" }, named, folders, team?.element ?? null, words.element);
  openSheet(texts, {
    title: row ? texts.t("canned.edit_name", { name: shownPath(row.path) }) : texts.t("canned.add"),
    parts: [h("div", { class: "sheet-halves" }, form, words.preview)],
    yes: texts.t("admin.person_save"),
    wide: true,
    save: () =>
      post(row ? `${place.address}/${row.id}` : place.address, {
        path: path.value,
        texts: words.value(),
        ...(team && { team: team.chosen() }),
        version,
      }),
    done: () => {
      void place.changed();
      tell(texts.t("admin.person_saved"));
    },
    newer: async () => {
      const now = await get(place.address);
      /** @type {readonly CannedRow[]} */
      const rows = now.messages ?? now.own;
      const theirs = rows.find(({ id }) => id === row?.id);
      version = theirs?.version ?? version;
      return theirs ? stands(texts, theirs) : null;
    },
  });
}

/**
 * Delete it, after a question.
 * @param {Texts} texts
 * @param {Place} place
 * @param {CannedRow} row
 */
export async function eraseCanned(texts, place, row) {
  const name = shownPath(row.path);
  const sure = await confirm({
    title: texts.t("canned.delete_title", { name }),
    text: texts.t(place.teams ? "canned.delete_shared" : "canned.delete_own"),
    yes: texts.t("admin.role_delete"),
    no: texts.t("admin.person_cancel"),
  });
  if (!sure) return;
  try {
    await post(`${place.address}/${row.id}/delete`);
    tell(texts.t("admin.teams_deleted", { name }));
  } catch (failure) {
    tell(wrong(texts, failure));
  }
  await place.changed();
}

/**
 * For whom: everybody or a team. Of a team that is gone nobody can use it until another is chosen.
 * @param {Texts} texts
 * @param {readonly CannedTeam[]} teams
 * @param {CannedRow | null} row
 */
function teamChoice(texts, teams, row) {
  const select = h("select", { class: "input", name: "team" });
  select.append(new Option(texts.t("canned.all"), ""));
  for (const { id, name } of teams) select.append(new Option(name, id));
  const gone = row?.team && !teams.some(({ id }) => id === row.team) ? row.team : "";
  if (gone) select.append(new Option(texts.t("canned.team_gone"), gone));
  select.value = row?.team ?? "";
  return { element: labelled(texts.t("canned.for"), select), chosen: () => select.value || null };
}

/**
 * The folders there are, as suggestions.
 * @param {readonly CannedRow[]} rows
 */
function foldersOf(rows) {
  const all = rows.map(({ path }) => split(path).folders).filter((one) => one.length);
  const named = new Set(all.map((one) => `${one.join("/")}/`));
  return h("datalist", { id: "canned-folders" }, ...[...named].map((value) => h("option", { value })));
}

/**
 * What somebody else has saved, so that nothing of it is overwritten unread.
 * @param {Texts} texts
 * @param {CannedRow} theirs
 */
function stands(texts, { path, texts: said }) {
  const all = Object.entries(said).map(([lang, text]) => h("p", { lang, dir: "auto", class: "canned-words" }, text));
  return h("div", { class: "sheet-stands" }, h("h3", {}, texts.t("canned.theirs")), h("p", { dir: "auto" }, shownPath(path)), ...all);
}
