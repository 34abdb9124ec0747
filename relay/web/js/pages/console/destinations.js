/** Where a customer can be passed on to, and who can be invited. Pure. */

/** @import { Colleague, DeskState, Presence, QueueWish, TeamChoice } from "../../protocol.js" */
/** @import { Texts } from "../../core/texts.js" */
/** @import { Choice } from "./choices.js" */

/** A queue to choose. @typedef {Choice & { readonly wish: QueueWish }} Destination */
/**
 * `user` is oneself, `helpers` are the users in the session; `invited` are the keys of queues that
 * an open invitation stands in, for an invitation, and null when the customer is passed on.
 * @typedef {object} Around
 * @property {DeskState} state
 * @property {string} user
 * @property {readonly string[]} helpers
 * @property {readonly string[] | null} invited
 */

/** @type {readonly Presence[]} */
const ORDER = ["available", "busy", "away"];
const DOTS = { available: "dot good", busy: "dot warn", away: "dot" };
const WORDS = {
  available: "console.presence_available",
  busy: "console.presence_busy",
  away: "console.presence_away",
};

/**
 * A name for a queue that no other has, whoever's it is.
 * @param {QueueWish} queue
 */
export function wishKey({ kind, id = "" }) {
  return [kind, id].join(" ").trim();
}

/**
 * Every queue, those of colleagues first. Where nobody on duty takes from it, the customer would
 * be told that nobody is there: it cannot be chosen.
 * @param {Texts} texts
 * @param {Around} around
 * @returns {readonly Destination[]}
 */
export function destinations(texts, around) {
  const { state, user } = around;
  const colleagues = state.colleagues.filter((one) => one.user !== user);
  const people = [...colleagues].sort(
    (one, other) =>
      ORDER.indexOf(one.presence) - ORDER.indexOf(other.presence) || one.name.localeCompare(other.name),
  );
  const teams = [...state.teams].sort((one, other) => one.name.localeCompare(other.name));
  return [
    ...people.map((one) => person(texts, around, one)),
    ...teams.map((one) => team(texts, around, one)),
    everybody(texts, around),
  ];
}

/**
 * Those whose name holds what was typed.
 * @template {Choice} C
 * @param {readonly C[]} all
 * @param {string} typed
 * @returns {readonly C[]}
 */
export function matching(all, typed) {
  const wanted = typed.trim().toLocaleLowerCase();
  return all.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
}

/**
 * @param {Texts} texts
 * @param {Around} around
 * @param {Colleague} colleague
 * @returns {Destination}
 */
function person(texts, around, { user, name, presence }) {
  const words = texts.t(WORDS[presence]);
  const here = around.helpers.includes(user) ? texts.t("desk.here") : "";
  const why = here || (presence === "away" ? words : "");
  const known = { name, group: texts.t("desk.people"), about: words, dot: here ? "" : DOTS[presence], why };
  return destination(texts, around, { kind: "personal", id: user }, known);
}

/**
 * @param {Texts} texts
 * @param {Around} around
 * @param {TeamChoice} of
 * @returns {Destination}
 */
function team(texts, around, { id, name, mine, onDuty }) {
  const known = { name, group: texts.t("desk.teams"), ...duty(texts, around, onDuty, mine) };
  return destination(texts, around, { kind: "team", id }, known);
}

/**
 * @param {Texts} texts
 * @param {Around} around
 * @returns {Destination}
 */
function everybody(texts, around) {
  const onDuty = around.state.colleagues.filter(({ presence }) => presence !== "away").length;
  const name = texts.t("desk.general");
  const known = { name, group: texts.t("desk.everybody"), ...duty(texts, around, onDuty, true) };
  return destination(texts, around, { kind: "general", id: "" }, known);
}

/**
 * How many take from a queue. Nobody can be invited by themselves.
 * @param {Texts} texts
 * @param {Around} around
 * @param {number} onDuty
 * @param {boolean} mine whether one takes from it oneself
 */
function duty(texts, { state, invited }, onDuty, mine) {
  const others = mine && state.presence !== "away" ? onDuty - 1 : onDuty;
  const about = onDuty ? texts.count("desk.on_duty", onDuty) : texts.t("desk.nobody_on_duty");
  const alone = invited && onDuty && others < 1 ? texts.t("desk.nobody_else") : "";
  return { about, dot: "", why: alone || (onDuty ? "" : about) };
}

/**
 * @param {Texts} texts
 * @param {Around} around
 * @param {QueueWish} wish
 * @param {Omit<Choice, "key">} known
 * @returns {Destination}
 */
function destination(texts, { invited }, wish, known) {
  const key = wishKey(wish);
  if (!invited?.includes(key)) return { ...known, key, wish };
  return { ...known, key, wish, dot: "", why: texts.t("desk.invited") };
}
