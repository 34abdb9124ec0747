"""The queues: who is next, and for whom. Pure.

A customer waits in one representative's own queue or in the general one. A representative
takes from both; first come, first served within each.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Waiting(NamedTuple):
    """One waiting customer; `own_of` is a user id, or None in the general queue."""

    session: str
    since: int
    own_of: str | None


def in_order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Longest waiting first; equal times by session, so that everybody sees one order."""
    return sorted(waiting, key=lambda one: (one.since, one.session))


def visible_to(waiting: Iterable[Waiting], user_id: str) -> list[Waiting]:
    """What `user_id` may take: the general queue and the own one, longest waiting first."""
    return [one for one in in_order(waiting) if one.own_of in (None, user_id)]


def positions(waiting: Iterable[Waiting]) -> dict[str, int]:
    """Each session's place in its queue; 1 is next."""
    counts: dict[str | None, int] = {}
    places: dict[str, int] = {}
    for one in in_order(waiting):
        counts[one.own_of] = counts.get(one.own_of, 0) + 1
        places[one.session] = counts[one.own_of]
    return places
