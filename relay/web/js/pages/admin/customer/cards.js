/** The cards of the page, in the order in which customers meet what they hold. Data. */

/** @import { SiteRules } from "../../../protocol.js" */

/** @typedef {keyof SiteRules} RuleName */

/**
 * A switch or number. `range` in seconds, unless `unit` names something else. `every` is off at 0 and
 * `after` at null: they have a box of their own, labelled `on`, which sets `usual`.
 * @typedef {{ readonly rule: RuleName, readonly kind: "switch" | "seconds" | "every" | "after" | "number" | "way" | "url" | "line", readonly label: string, readonly hint?: string, readonly on?: string, readonly unit?: string, readonly range?: readonly [number, number], readonly usual?: number }} Control
 */

/**
 * A text that is previewed as `look`: a page of its own, a question with two answers (named in
 * `answers`), a word in the queue, or a last word. `title` is worded beside it, `under` elsewhere.
 * @typedef {{ readonly text: string, readonly look: "page" | "question" | "word" | "end", readonly title?: string, readonly under?: string, readonly answers?: readonly [string, string] }} Part
 */

/** @typedef {{ readonly id: string, readonly name: string, readonly about: string, readonly controls: readonly Control[], readonly parts: readonly Part[], readonly link?: readonly [string, string], readonly foot?: string, readonly recorder?: boolean }} Card */

/** @type {readonly [number, number]} */
const ANSWER = [10, 3600];
/** @type {readonly [string, string]} */
const ACCEPT = ["steps.decline", "steps.accept"];

/** @type {readonly Card[]} */
export const CARDS = [
  {
    id: "portal",
    name: "admin.customer_portal",
    about: "admin.customer_portal_about",
    controls: [{ rule: "way", kind: "way", label: "admin.customer_way", hint: "admin.customer_way_hint" }],
    parts: [{ title: "portal_title", text: "portal_text", look: "page" }],
  },
  {
    id: "agreement",
    name: "admin.customer_agreement",
    about: "admin.customer_agreement_about",
    controls: [
      { rule: "agreementChat", kind: "switch", label: "admin.customer_agreement_on_chat" },
      { rule: "agreementClient", kind: "switch", label: "admin.customer_agreement_on_client" },
      { rule: "agreementLimitS", kind: "seconds", range: ANSWER, label: "admin.customer_agreement_limit", hint: "admin.customer_agreement_limit_hint" },
    ],
    parts: [
      { title: "agreement_title", text: "agreement_chat", look: "question", answers: ACCEPT },
      { under: "agreement_title", text: "agreement_client", look: "question", answers: ACCEPT },
      { text: "declined", look: "end" },
    ],
  },
  {
    id: "recording",
    name: "admin.customer_recording",
    about: "admin.customer_recording_about",
    recorder: true,
    controls: [
      { rule: "recording", kind: "switch", label: "admin.customer_recording_on" },
      { rule: "recordingLimitS", kind: "seconds", range: ANSWER, label: "admin.customer_recording_limit", hint: "admin.customer_recording_limit_hint" },
    ],
    parts: [{ title: "recording_title", text: "recording_text", look: "question", answers: ["steps.deny", "steps.allow"] }],
  },
  {
    id: "greeting",
    name: "admin.customer_greeting",
    about: "admin.customer_greeting_about",
    controls: [{ rule: "greeting", kind: "switch", label: "admin.customer_greeting_on" }],
    parts: [{ text: "greeting", look: "word" }],
  },
  {
    id: "notices",
    name: "admin.customer_notices",
    about: "admin.customer_notices_about",
    controls: [],
    parts: [{ text: "notice_left", look: "end" }],
    link: ["/admin/notices", "admin.customer_notices_link"],
  },
  {
    id: "hold",
    name: "admin.customer_hold",
    about: "admin.customer_hold_about",
    controls: [
      { rule: "holdEveryS", kind: "every", range: [30, 3600], usual: 90, label: "admin.customer_hold_every", on: "admin.customer_hold_on" },
    ],
    parts: [{ text: "hold", look: "word" }],
  },
  {
    id: "orphaned",
    name: "admin.customer_orphaned",
    about: "admin.customer_orphaned_about",
    controls: [
      { rule: "orphanedAtOnce", kind: "switch", label: "admin.customer_orphaned_now" },
      { rule: "orphanedAfterS", kind: "after", range: ANSWER, usual: 1800, label: "admin.customer_orphaned_after", on: "admin.customer_orphaned_later" },
      { rule: "orphanedUrl", kind: "url", label: "admin.customer_orphaned_url", hint: "admin.customer_orphaned_url_hint" },
    ],
    parts: [{ text: "orphaned", look: "end" }],
  },
  {
    id: "lost",
    name: "admin.customer_lost",
    about: "admin.customer_lost_about",
    controls: [
      { rule: "lostAfterS", kind: "seconds", range: ANSWER, label: "admin.customer_lost_after" },
      { rule: "lostLast", kind: "switch", label: "admin.customer_lost_last" },
      { rule: "lostEntry", kind: "switch", label: "admin.customer_lost_entry" },
      { rule: "lostGeneral", kind: "switch", label: "admin.customer_lost_general" },
    ],
    parts: [],
    foot: "admin.customer_lost_else",
  },
  {
    id: "files",
    name: "admin.customer_files",
    about: "admin.customer_files_about",
    controls: [
      { rule: "filesFromCustomer", kind: "switch", label: "admin.customer_files_from" },
      { rule: "filesToCustomer", kind: "switch", label: "admin.customer_files_to" },
      { rule: "filesMb", kind: "number", range: [1, 17179], unit: "admin.customer_files_megabytes", label: "admin.customer_files_size" },
      { rule: "filesMost", kind: "number", range: [1, 1000], unit: "admin.customer_files_pieces", label: "admin.customer_files_count" },
      { rule: "filesBlocked", kind: "line", label: "admin.customer_files_blocked", hint: "admin.customer_files_blocked_hint" },
    ],
    parts: [],
  },
  {
    id: "watermark",
    name: "admin.customer_watermark",
    about: "admin.customer_watermark_about",
    controls: [
      { rule: "watermark", kind: "switch", label: "admin.customer_watermark_on" },
      { rule: "watermarkText", kind: "line", label: "admin.customer_watermark_text", hint: "admin.customer_watermark_text_hint" },
      { rule: "watermarkPercent", kind: "number", range: [5, 80], unit: "admin.customer_watermark_percent", label: "admin.customer_watermark_strength" },
      { rule: "watermarkSeen", kind: "switch", label: "admin.customer_watermark_seen" },
    ],
    parts: [],
  },
  {
    id: "after",
    name: "admin.customer_after",
    about: "admin.customer_after_about",
    controls: [],
    parts: [{ title: "survey_title", text: "survey_thanks", look: "page" }],
    link: ["/admin/survey", "admin.customer_after_link"],
  },
];

/** The names of the texts that a card words. @param {Card} card */
export function textsOf(card) {
  return card.parts.flatMap(({ title, text }) => (title ? [title, text] : [text]));
}
