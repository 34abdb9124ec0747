/** For whom a notice is: portals, issues, systems, words. */

import { h } from "../../../core/dom.js";
import { boxes, inLanguage, labelled, line } from "../site/fields.js";
import { portalName, SYSTEMS } from "./names.js";

/** @import { NoticeRow, Notices } from "../../../protocol.js" */
/** @import { Texts } from "../../../core/texts.js" */

/**
 * @param {Texts} texts
 * @param {Notices} known
 * @param {NoticeRow | null} notice
 */
export function noticeRules(texts, known, notice) {
  const gone = texts.t("admin.notices_gone");
  const portals = boxes(
    texts.t("admin.notices_portals"),
    withGone(known.portals.map((one) => ({ value: one.id, label: portalName(texts, one) })), notice?.portals ?? [], gone),
  );
  const issues = boxes(
    texts.t("admin.notices_issues"),
    withGone(known.issues.map((one) => ({ value: one.id, label: inLanguage(texts, one.names) })), notice?.issues ?? [], gone),
  );
  const systems = boxes(
    texts.t("admin.notices_systems"),
    withGone(Object.entries(SYSTEMS).map(([value, label]) => ({ value, label })), notice?.systems ?? [], gone),
  );
  const words = line("words", notice?.words.join(", ") ?? "");
  const some = notice !== null && [notice.portals, notice.issues, notice.systems, notice.words].some((one) => one.length > 0);
  portals.element.hidden = known.portals.length < 2 && !notice?.portals.length;
  issues.element.hidden = known.issues.length === 0 && !notice?.issues.length;
  const element = h(
    "details",
    { class: "notice-rules", open: some },
    h("summary", {}, texts.t("admin.notices_rules")),
    h(
      "div",
      {},
      h("p", { class: "hint" }, texts.t("admin.notices_rules_text")),
      portals.element,
      issues.element,
      systems.element,
      labelled(texts.t("admin.notices_match"), words, texts.t("admin.notices_match_hint")),
    ),
  );
  const value = () => ({
    portals: portals.chosen(),
    issues: issues.chosen(),
    systems: systems.chosen(),
    words: words.value.split(",").map((one) => one.trim()).filter(Boolean),
  });
  return { element, value };
}

/**
 * What a rule names but is no longer there stays a rule until somebody takes the tick away: without
 * it the notice might be for everybody.
 * @param {{ value: string, label: string }[]} choices
 * @param {readonly string[]} chosen
 * @param {string} gone
 */
function withGone(choices, chosen, gone) {
  const missing = chosen.filter((id) => !choices.some(({ value }) => value === id));
  return [...choices, ...missing.map((value) => ({ value, label: gone }))].map((one) => ({ ...one, on: chosen.includes(one.value) }));
}
