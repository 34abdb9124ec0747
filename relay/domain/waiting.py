"""The queues: who is next, for whom, and who may take them. Pure.

A customer waits in one representative's own queue, in a team's, or in the general one. First
come, first served within each; somebody who was passed on keeps the time of their coming.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from protocol.queues import Queue, QueueKind
from relay.domain.content import Team


class QueueKey(NamedTuple):
    """A queue by what it is; `id` is a user's or a team's."""

    kind: QueueKind = QueueKind.GENERAL
    id: str = ""


def key_of(queue: Queue) -> QueueKey:
    """The queue without its name."""
    return QueueKey(queue.kind, queue.id)


class Waiting(NamedTuple):
    """One waiting customer."""

    session: str
    since: int
    queue: QueueKey


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Longest waiting first; equal times by session, so that everybody sees one order."""
    return sorted(waiting, key=lambda one: (one.since, one.session))


def takers(queue: QueueKey, users: frozenset[str], teams: Mapping[str, Team]) -> frozenset[str]:
    """Those of `users` who take from a queue: its owner, the team's members, or everybody."""
    match queue.kind:
        case QueueKind.GENERAL:
            return users
        case QueueKind.TEAM:
            team = teams.get(queue.id)
            return users & team.members if team else frozenset()
        case QueueKind.PERSONAL:
            return users & {queue.id}


def may_take(queue: QueueKey, user_id: str, teams: Mapping[str, Team]) -> bool:
    """Whether `user_id` takes from a queue."""
    return bool(takers(queue, frozenset({user_id}), teams))


def positions(waiting: Iterable[Waiting]) -> dict[str, int]:
    """Each session's place in its queue; 1 is next."""
    counts: dict[QueueKey, int] = {}
    places: dict[str, int] = {}
    for one in in_order(waiting):
        counts[one.queue] = counts.get(one.queue, 0) + 1
        places[one.session] = counts[one.queue]
    return places
