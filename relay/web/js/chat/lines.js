/** What the log of a session shows, row by row. Pure: the pane draws it. */

import { customer, isMoved, isSaid } from "../core/view.js";
import { clock, dayKey, dayName } from "../core/time.js";

/**
 * @import { ErrorCode, QuestionAnswered, RepresentativeLeft, SessionEnded, SessionFact, SessionQueued
 *   } from "../protocol.js"
 */
/** @import { Texts } from "../core/texts.js" */
/** @import { View } from "../core/view.js" */

/** @typedef {"pending" | "stored" | "seen" | "refused"} Mark */
/** @typedef {{ readonly kind: "day" | "system", readonly key: string, readonly text: string }} Remark */
/**
 * A chat line. `first` and `last` of its run; `name` above the first of another person's run;
 * `mark` under one's own last line, and wherever something is not as it should be.
 * @typedef {object} Line
 * @property {"line"} kind
 * @property {string} key
 * @property {string} id
 * @property {boolean} own
 * @property {string} by
 * @property {string} name
 * @property {string} text
 * @property {number} at
 * @property {boolean} first
 * @property {boolean} last
 * @property {Mark | ""} mark
 * @property {ErrorCode | ""} why
 */
/** Where a file begins: its card stays there. @typedef {{ readonly kind: "file", readonly key: string, readonly id: string }} FileRow */
/** @typedef {Remark | Line | FileRow} Row */
/** Finds the sentence of what is no chat line, or its row. @typedef {(fact: Event, view: View, texts: Texts) => string | FileRow} Tell */

/** A pause this long begins a new run, so that its time is shown. */
const RUN_MS = 5 * 60_000;

/**
 * @param {View} view
 * @param {Texts} texts
 * @param {number} now
 * @param {Tell} [tell]
 * @returns {Row[]}
 */
export function rows(view, texts, now, tell = event) {
  const log = view.snapshot?.log ?? [];
  /** @type {Row[]} */
  const all = [];
  if (log[0] && log[0].seq > 1) {
    all.push({ kind: "system", key: "trimmed", text: texts.t("chat.trimmed") });
  }
  let day = "";
  for (const [at, row] of [...told(log, view, texts, tell), ...pending(view)]) {
    if (dayKey(at) !== day) {
      day = dayKey(at);
      all.push({ kind: "day", key: `day ${day}`, text: dayName(texts, at, now) });
    }
    all.push(row);
  }
  return marked(inRuns(all), view);
}

/**
 * @param {readonly SessionFact[]} log
 * @param {View} view
 * @param {Texts} texts
 * @param {Tell} tell
 * @returns {[number, Row][]}
 */
function told(log, view, texts, tell) {
  /** @type {[number, Row][]} */
  const all = [];
  for (const fact of log) {
    if (isSaid(fact)) {
      const text = fact.t === "chat.posted" ? fact.text : texts.t("line.link", { url: fact.url });
      all.push([fact.at, line(view, texts, { ...fact, text })]);
      continue;
    }
    const words = tell(fact, view, texts);
    const text = `${words} · ${clock(texts, fact.at)}`;
    if (typeof words === "object") all.push([fact.at, words]);
    else if (words) all.push([fact.at, { kind: "system", key: `fact ${fact.seq}`, text }]);
  }
  return all;
}

/**
 * @param {View} view
 * @param {Texts} texts
 * @param {{ by: string, id: string, text: string, at: number }} posted
 * @returns {Line}
 */
function line(view, texts, { by, id, text, at }) {
  const own = by === view.me;
  const name = own ? "" : nameOf(view, texts, by);
  const key = `line ${by} ${id}`;
  const alone = { first: true, last: true, mark: /** @type {const} */ (""), why: "" };
  return { kind: "line", key, id, own, by, name, text, at, ...alone, why: "" };
}

/**
 * One's own lines that the relay has not committed, after everything else. In a session that has
 * ended, or goes on elsewhere, they will never be.
 * @param {View} view
 * @returns {[number, Row][]}
 */
function pending(view) {
  const ended = view.snapshot?.state === "ended" ? "ended" : isMoved(view) ? "not_now" : "";
  /** @type {[number, Row][]} */
  const lines = [];
  for (const { request, at, why: refused } of view.pending) {
    if (request.t !== "chat.post") continue;
    const why = /** @type {ErrorCode | ""} */ (ended) || refused;
    const { id, text } = request;
    const state = { first: true, last: true, mark: /** @type {Mark} */ (why ? "refused" : "pending") };
    const own = { own: true, by: view.me, name: "" };
    lines.push([at, { kind: "line", key: `line ${view.me} ${id}`, id, text, at, ...own, ...state, why }]);
  }
  return lines;
}

/**
 * @param {Row[]} all
 * @returns {Row[]}
 */
function inRuns(all) {
  return all.map((row, place) => {
    if (row.kind !== "line") return row;
    const first = !together(all[place - 1], row);
    return { ...row, first, name: first ? row.name : "", last: !together(row, all[place + 1]) };
  });
}

/**
 * @param {Row | undefined} one
 * @param {Row | undefined} next
 */
function together(one, next) {
  if (one?.kind !== "line" || next?.kind !== "line") return false;
  return one.by === next.by && next.at - one.at < RUN_MS;
}

/**
 * @param {Row[]} all
 * @param {View} view
 * @returns {Row[]}
 */
function marked(all, view) {
  const place = all.findLastIndex((row) => row.kind === "line" && row.own && row.mark === "");
  const row = all[place];
  if (row?.kind !== "line") return all;
  const posted = view.snapshot?.log.findLast((fact) => isSaid(fact) && fact.id === row.id);
  const others = Object.entries(view.seen).filter(([by]) => by !== view.me);
  const seen = others.some(([, seq]) => posted && seq >= posted.seq);
  /** @type {Row} */
  const told = { ...row, mark: seen ? "seen" : "stored" };
  return all.map((one, index) => (index === place ? told : one));
}

/** @typedef {Exclude<SessionFact, { t: "chat.posted" | "link.pushed" }>} Event */

/**
 * The sentence of a fact that is no chat line; nothing for what needs none.
 * @param {Event} fact
 * @param {View} view
 * @param {Texts} texts
 */
export function event(fact, view, texts) {
  const by = "remover" in fact && fact.remover ? fact.remover : "by" in fact ? fact.by : "";
  const who = "participant" in fact ? fact.participant.id : "by" in fact ? fact.by : "";
  // To the customer it happened; a representative reads what happened to the customer.
  const said = view.role === "customer" ? "steps.line_" : "chat.desk_";
  const own = fact.t === "representative.left" ? by : who;
  const key = keyOf(fact, said, own !== "" && own === view.me);
  const queue = "queue" in fact ? clean(fact.queue.name) : "";
  const name = nameOf(view, texts, who);
  const fields = { name, by: nameOf(view, texts, by), queue, customer: customerName(view, texts) };
  const words = key && texts.t(key, fields);
  return fact.t === "nudge.sent" && view.role !== "customer" ? withMark(view, texts, fact.id, words) : words;
}

/**
 * What became of a nudge, behind the words that tell of it.
 * @param {View} view
 * @param {Texts} texts
 * @param {string} id
 * @param {string} words
 */
function withMark(view, texts, id, words) {
  const told = view.snapshot?.log.findLast((fact) => fact.t === "nudge.told" && fact.id === id);
  return told?.t === "nudge.told" ? texts.t(`line.nudge_${told.mark}`, { words }) : words;
}

/**
 * @param {Event} fact
 * @param {string} said
 * @param {boolean} own
 */
function keyOf(fact, said, own) {
  switch (fact.t) {
    case "session.opened":
      return own ? "line.opened_you" : "line.opened";
    case "session.accepted":
      return own ? "line.accepted_you" : "line.accepted";
    case "representative.joined":
      return own ? "line.accepted_you" : `${said}joined${fact.by ? "" : "_alone"}`;
    case "representative.left":
      return left(fact, own);
    case "nudge.sent":
      return said + (own ? "nudged_you" : "nudged");
    case "session.held":
      return said + (own ? "held_you" : "held");
    case "session.resumed":
      return said + (own ? "resumed_you" : "resumed");
    case "session.ended":
      return ending(fact, own);
    case "question.asked":
      return "";
    case "question.answered":
      return said + answered(fact);
    case "session.queued":
      return said + queued(fact);
    case "notice.told":
      return said + (fact.by ? "notice_by" : "notice");
    case "notice.over":
      return "steps.line_notice_over";
    case "client.offered":
      return "steps.line_offered";
    case "customer.moved":
      return `${said}moved_${fact.participant.door}`;
    default:
      // The shared screen's, which the console tells: see `pages/console/share/lines.js`.
      return "";
  }
}

/**
 * @param {RepresentativeLeft} fact
 * @param {boolean} own whether one took them out oneself
 */
function left({ why }, own) {
  if (why === "removed") return own ? "chat.desk_removed_you" : "steps.line_removed";
  return why === "lost" ? "steps.line_left_lost" : "steps.line_left";
}

const AGREED = { yes: "agreed", no: "declined", none: "unanswered" };

/** @param {QuestionAnswered} fact */
function answered({ step, reply }) {
  return step === "agreement" ? AGREED[reply] : `recording_${reply}`;
}

/** @param {SessionQueued} fact */
function queued({ cause, queue, by }) {
  if (cause === "lost") return "lost";
  if (!by) return "queued";
  return queue.name ? "passed" : "passed_on";
}

/**
 * @param {SessionEnded} fact
 * @param {boolean} own
 */
function ending({ reason, by }, own) {
  switch (reason) {
    case "link_lost":
      return "line.ended_lost";
    case "orphaned":
    case "notice":
      return `steps.line_ended_${reason}`;
    case "closed":
      return own ? "line.ended_you" : by && "line.ended";
    default:
      // The answer before it says so already.
      return "";
  }
}

/**
 * What to call a participant; a customer may have given no name.
 * @param {View} view
 * @param {Texts} texts
 * @param {string} id
 */
export function nameOf(view, texts, id) {
  const person = view.snapshot?.participants.find((one) => one.id === id);
  return clean(person?.name ?? "") || texts.t("person.customer");
}

/**
 * The name of the session's customer.
 * @param {View} view
 * @param {Texts} texts
 */
export function customerName(view, texts) {
  return nameOf(view, texts, customer(view)?.id ?? "");
}

/**
 * A name without the marks that would turn the letters of the sentence around it.
 * @param {string} name
 */
function clean(name) {
  return name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");
}
