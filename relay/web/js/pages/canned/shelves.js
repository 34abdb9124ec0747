/** Canned messages as the relay tells them, on their shelves. Pure. */

/** @import { CannedMessages, CannedRow, CannedTeam } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Message } from "./search.js" */

/**
 * What somebody may use: own ones, then those of teams, then everybody's.
 * @param {CannedMessages} usable
 * @returns {readonly Message[]}
 */
export function usableOf({ own, shared, teams }) {
  const rows = [...own.map((row) => ({ ...row, shelf: /** @type {const} */ ("own"), team: "" })), ...sharedOf(shared, teams)];
  const order = ["own", "team", "all"];
  return rows.sort((a, b) => order.indexOf(a.shelf) - order.indexOf(b.shelf));
}

/**
 * Shared ones; a team that is gone has no name.
 * @param {readonly CannedRow[]} rows
 * @param {readonly CannedTeam[]} teams
 * @returns {Message[]}
 */
export function sharedOf(rows, teams) {
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  return rows.map(({ team, ...row }) => ({ ...row, shelf: team === null ? "all" : "team", team: names.get(team ?? "") ?? "" }));
}

/**
 * Whose a message is.
 * @param {Texts} texts
 * @param {Message} message
 */
export function shelfWords(texts, { shelf, team }) {
  if (shelf === "team") return team || texts.t("canned.team_gone");
  return texts.t(shelf === "own" ? "canned.mine" : "canned.all");
}

/**
 * The text to use for a customer who reads `language`: theirs, else one's own, else any.
 * @param {Message} message
 * @param {string} language
 * @param {string} own
 * @returns {{ language: string, text: string }}
 */
export function textFor({ texts }, language, own) {
  const known = [language, own, ...Object.keys(texts)].find((one) => texts[one]) ?? own;
  return { language: known, text: texts[known] ?? "" };
}
