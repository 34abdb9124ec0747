/** How the queues are shown: in which parts, which of them, and without jumping. Pure. */

/** @import { Queue, QueueEntry, TeamChoice } from "../../protocol.js" */

/** A shown entry; `gone` when it has left the queue but still keeps its place. */
/** @typedef {{ readonly entry: QueueEntry, readonly gone: boolean }} Shown */
/** The entries of one queue, under its `key`. */
/** @typedef {{ readonly key: string, readonly queue: Queue, readonly rows: readonly Shown[] }} Part */

/** The filter that hides nothing. */
export const ALL = "all";

/**
 * A name for a queue that no other has.
 * @param {Pick<Queue, "kind" | "id">} queue
 */
export function queueKey({ kind, id }) {
  return kind === "team" ? `team ${id}` : kind;
}

/**
 * A name for an entry. A session may stand in one queue several times, as the invitations into it
 * do; one that was passed on is a new entry, so that it does not jump.
 * @param {QueueEntry} entry
 */
export function entryKey({ session, invitation, queue }) {
  return [session, invitation, queueKey(queue)].join(" ");
}

/**
 * What to show next. While somebody aims at the list, every entry keeps its place: those that left
 * are marked, and new ones come at the end. Otherwise it is the queue itself.
 * @param {readonly Shown[]} shown
 * @param {readonly QueueEntry[]} queue
 * @param {boolean} aimed
 * @returns {readonly Shown[]}
 */
export function follow(shown, queue, aimed) {
  if (!aimed) return queue.map((entry) => ({ entry, gone: false }));
  const present = new Map(queue.map((entry) => [entryKey(entry), entry]));
  const held = shown.map(({ entry }) => {
    const now = present.get(entryKey(entry));
    present.delete(entryKey(entry));
    return { entry: now ?? entry, gone: !now };
  });
  return [...held, ...[...present.values()].map((entry) => ({ entry, gone: false }))];
}

/**
 * The shown entries by queue: one's own, those of teams by name, the general one. Only parts that
 * `filter` lets through and that hold something.
 * @param {readonly Shown[]} shown
 * @param {string} filter
 * @returns {readonly Part[]}
 */
export function parts(shown, filter) {
  /** @type {Map<string, { key: string, queue: Queue, rows: Shown[] }>} */
  const found = new Map();
  for (const one of shown) {
    const { queue } = one.entry;
    const key = queueKey(queue);
    if (filter !== ALL && filter !== key) continue;
    const part = found.get(key) ?? { key, queue, rows: [] };
    part.rows.push(one);
    found.set(key, part);
  }
  return [...found.values()].sort((one, other) => inOrder(one.queue, other.queue));
}

const RANKS = { personal: 0, team: 1, general: 2 };

/**
 * @param {Queue} one
 * @param {Queue} other
 */
function inOrder(one, other) {
  return RANKS[one.kind] - RANKS[other.kind] || one.name.localeCompare(other.name);
}

/**
 * The queues one may take from, and so may filter by.
 * @param {readonly TeamChoice[]} teams
 * @returns {readonly Queue[]}
 */
export function ownQueues(teams) {
  const mine = teams.filter((team) => team.mine).map(({ id, name }) => ({ kind: /** @type {const} */ ("team"), id, name }));
  const personal = { kind: /** @type {const} */ ("personal"), id: "", name: "" };
  return [personal, ...mine, { kind: /** @type {const} */ ("general"), id: "", name: "" }].sort(inOrder);
}
