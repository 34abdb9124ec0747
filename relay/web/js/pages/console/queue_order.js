/** Nothing jumps while one aims at it: how the shown queue follows the real one. Pure. */

/** @import { QueueEntry } from "../../protocol.js" */

/** A shown entry; `gone` when it has left the queue but still keeps its place. */
/** @typedef {{ readonly entry: QueueEntry, readonly gone: boolean }} Shown */

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
  const present = new Map(queue.map((entry) => [entry.session, entry]));
  const held = shown.map(({ entry }) => {
    const now = present.get(entry.session);
    present.delete(entry.session);
    return { entry: now ?? entry, gone: !now };
  });
  return [...held, ...[...present.values()].map((entry) => ({ entry, gone: false }))];
}
