/** Who has come into the queue since one last looked. Pure. */

import { entryKey } from "../queue_order.js";

/** @import { QueueEntry } from "../../../protocol.js" */

/**
 * The entries that can be taken now and could not before, and all that can (to be handed in the
 * next time). At first nothing is new: whoever opens the console sees the queue.
 * @param {ReadonlySet<string> | null} known
 * @param {readonly QueueEntry[]} queue
 * @returns {{ known: ReadonlySet<string>, fresh: readonly QueueEntry[] }}
 */
export function arrivals(known, queue) {
  const ready = queue.filter(({ preparing }) => !preparing);
  const fresh = known === null ? [] : ready.filter((entry) => !known.has(entryKey(entry)));
  return { known: new Set(ready.map(entryKey)), fresh };
}
