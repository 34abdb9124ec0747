/** What only representatives read: notes, and what became of invitations. Pure. */

import { nameOf } from "../../chat/lines.js";
import { ago, clock } from "../../core/time.js";
import { queueName } from "./words.js";

/** @import { ErrorCode, InvitationMade, InvitationOver } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { View } from "../../core/view.js" */

/**
 * `foot` says whose note it is and since when; an event has none, since it says so itself. A
 * `state` is that of one's own note that is not stored: under way, or refused because of `why`.
 * @typedef {object} NoteRow
 * @property {string} key
 * @property {"note" | "event"} kind
 * @property {string} text
 * @property {string} foot
 * @property {"stored" | "pending" | "refused"} state
 * @property {string} id of one's own note
 * @property {ErrorCode | ""} why
 */

/**
 * @param {View} view
 * @param {Texts} texts
 * @param {number} now
 * @returns {NoteRow[]}
 */
export function noteRows(view, texts, now) {
  /** @type {{ state: "stored", id: string, why: "" }} */
  const stored = { state: "stored", id: "", why: "" };
  /** @type {NoteRow[]} */
  const told = (view.snapshot?.notes ?? []).map((fact) => {
    if (fact.t === "note.posted") {
      const foot = `${nameOf(view, texts, fact.by)} · ${ago(texts, fact.at, now)}`;
      return { key: `${fact.by} ${fact.id}`, kind: "note", text: fact.text, foot, ...stored };
    }
    const words = fact.t === "invitation.made" ? made(view, texts, fact) : over(view, texts, fact);
    const text = `${words} · ${clock(texts, fact.at)}`;
    return { key: `${fact.t} ${fact.id}`, kind: "event", text, foot: "", ...stored };
  });
  return [...told, ...pending(view)];
}

/**
 * @param {View} view
 * @returns {NoteRow[]}
 */
function pending(view) {
  return view.pending.flatMap(({ request, why }) => {
    if (request.t !== "note.post") return [];
    const { id, text } = request;
    const state = why ? "refused" : "pending";
    return [{ key: `${view.me} ${id}`, kind: "note", text, foot: "", state, id, why }];
  });
}

/**
 * @param {View} view
 * @param {Texts} texts
 * @param {InvitationMade} fact
 */
function made(view, texts, { by, queue }) {
  const fields = { name: nameOf(view, texts, by), queue: queueName(texts, queue) };
  return texts.t(by === view.me ? "desk.line_invited_you" : "desk.line_invited", fields);
}

/**
 * @param {View} view
 * @param {Texts} texts
 * @param {InvitationOver} fact
 */
function over(view, texts, { id, by, at }) {
  const invitation = view.snapshot?.notes.find((one) => one.t === "invitation.made" && one.id === id);
  const queue = invitation?.t === "invitation.made" ? queueName(texts, invitation.queue) : texts.t("desk.somebody");
  if (!by) return texts.t("desk.line_lapsed", { queue });
  // Who follows an invitation joins in the same moment; who is there already takes it back.
  const joined = view.snapshot?.log.some(
    (fact) => fact.t === "representative.joined" && fact.participant.id === by && fact.at === at,
  );
  const fields = { name: nameOf(view, texts, by), queue };
  return texts.t(joined ? "desk.line_followed" : "desk.line_withdrawn", fields);
}
