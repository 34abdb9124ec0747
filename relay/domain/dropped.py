"""Where a session goes when its representative's connection is gone for good. Pure.

Five rules, in this order: it stays with the representative who has shared it longest; else it
goes back to the last queue it was in, to the queue it came in by, to the general queue; else it
is orphaned. A queue counts only while somebody on duty takes from it. The three in the middle
can be switched off, each by itself.
"""

from collections.abc import Callable, Iterable

from protocol.acts import RepresentativeDrop, SessionClose, SessionQueue
from protocol.queues import GENERAL, Queue, QueueCause
from protocol.snapshot import Snapshot, representatives
from relay.domain.content import SiteSettings

Act = RepresentativeDrop | SessionQueue | SessionClose


def next_act(
    snapshot: Snapshot,
    lost: Iterable[str],
    entry: Queue,
    settings: SiteSettings,
    served: Callable[[Queue], bool],
    orphaned: SessionClose,
) -> Act | None:
    """What happens to a running session; None: nothing is amiss.

    `lost` are participants whose connection is gone for good, `served` says whether somebody
    takes from a queue, `orphaned` is how a session ends that nobody can take.
    """
    gone = set(lost)
    here = representatives(snapshot)
    leaving = [one for one in here if one.id in gone]
    if not leaving:
        return None
    if len(leaving) < len(here):
        return RepresentativeDrop(by=leaving[0].id)
    last = snapshot.queue
    for queue, allowed in (
        (last, settings.lost_last),
        (entry, settings.lost_entry),
        (GENERAL, settings.lost_general),
    ):
        if allowed and served(queue):
            return SessionQueue(queue=queue, cause=QueueCause.LOST)
    return orphaned
