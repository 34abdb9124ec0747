/** What to tell a person about a change of the site that was refused, and where it is wrong. */

import { Refusal, sentence } from "../../../core/http.js";

/** @import { Texts } from "../../../core/texts.js" */

/** By the first part of the refusal's detail. @type {Readonly<Record<string, string>>} */
const WORDS = {
  empty: "admin.teams_wrong_empty",
  long: "admin.teams_wrong_long",
  control: "admin.teams_wrong_control",
  turn: "admin.teams_wrong_turn",
  lines: "admin.teams_wrong_lines",
  main_portal: "admin.portals_wrong_main",
  slug_shape: "admin.portals_wrong_slug",
  slug_reserved: "admin.portals_wrong_reserved",
  colour: "admin.portals_wrong_colour",
  logo_large: "admin.portals_wrong_logo_large",
  logo_svg: "admin.portals_wrong_logo_svg",
  logo_kind: "admin.portals_wrong_logo_kind",
  logo_damaged: "admin.portals_wrong_logo_damaged",
  logo_pixels: "admin.portals_wrong_logo_pixels",
  logo_moves: "admin.portals_wrong_logo_moves",
  crowded: "admin.notices_wrong_crowded",
  ends_past: "admin.notices_wrong_past",
  ends_early: "admin.notices_wrong_early",
  notice_not_active: "admin.notices_wrong_inactive",
  nobody_chosen: "admin.notices_wrong_nobody",
  no_time: "admin.notices_wrong_time",
  deep: "canned.wrong_deep",
  macro_unknown: "canned.wrong_macro",
  macro_misplaced: "canned.wrong_macro",
};

/** By the refusal's code, where its detail says nothing. @type {Readonly<Record<string, string>>} */
const CODES = {
  not_found: "admin.teams_wrong_gone",
  conflict: "admin.teams_wrong_conflict",
};

/**
 * @param {Texts} texts
 * @param {unknown} failure
 */
export function wrong(texts, failure) {
  if (!(failure instanceof Refusal)) return sentence(texts, failure);
  const [kind = "", line = "", column = "", what = ""] = failure.detail.split(":");
  if (kind === "team_busy") return texts.count("admin.teams_busy", Number(line));
  if (failure.field === "slug" && failure.code === "name_taken") return texts.t("admin.portals_wrong_taken");
  if (failure.field === "path" && failure.code === "name_taken") return texts.t("canned.wrong_taken");
  // Of these, the second part is the most there may be.
  if (kind === "too_many") return texts.t("canned.wrong_many", { what: line });
  if (failure.field === "accent") return texts.t("admin.portals_wrong_colour");
  const key = WORDS[kind] ?? CODES[failure.code];
  if (key === undefined) return sentence(texts, failure);
  const words = texts.t(key, { what });
  return Number(line) > 1 ? texts.t("admin.teams_wrong_place", { line, column, what: words }) : words;
}

/**
 * Mark the field at fault, go there, and put the cursor where the refusal says.
 * @param {HTMLElement} form
 * @param {unknown} failure
 */
export function pointAt(form, failure) {
  const refusal = failure instanceof Refusal ? failure : null;
  /** @type {NodeListOf<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>} */
  const fields = form.querySelectorAll("input, textarea, select");
  for (const field of fields) {
    const here = refusal !== null && refusal.field !== "" && field.name === refusal.field;
    field.setAttribute("aria-invalid", String(here));
    if (!here) continue;
    reveal(field);
    field.focus();
    if (field instanceof HTMLTextAreaElement) field.setSelectionRange(...spot(field.value, refusal.detail));
  }
}

/** @param {HTMLElement} field */
function reveal(field) {
  for (let around = field.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
  }
}

/**
 * Lines and columns count characters, where a text field counts UTF-16.
 * @param {string} text
 * @param {string} detail
 * @returns {[number, number]}
 */
function spot(text, detail) {
  const [, line = "1", column = "1"] = detail.split(":");
  const lines = text.split("\n");
  const before = lines.slice(0, Number(line) - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const within = [...(lines[Number(line) - 1] ?? "")].slice(0, Number(column) - 1).join("").length;
  return [before + within, before + within + 1];
}
