"""Least-busy assignment: which member of a team gets the next customer. Pure."""

from collections.abc import Iterable, Mapping

from protocol.queues import QueueKind
from relay.domain.content import Team
from relay.domain.waiting import QueueKey, Waiting, in_order

MOST_SESSIONS = 3
"""Nobody is handed a customer while they help so many."""


def assignments(
    waiting: Iterable[Waiting],
    teams: Mapping[str, Team],
    available: frozenset[str],
    running: Mapping[str, int],
) -> list[tuple[str, str]]:
    """(session, user) for every customer of a least-busy team who can be handed over now.

    `running` counts the sessions of each user. Longest waiting first; of equally busy members
    the one whose id is least, so that two looks at the same moment agree.
    """
    busy = {user: running.get(user, 0) for user in available}
    found: list[tuple[str, str]] = []
    for one in in_order(waiting):
        team = _team(one.queue, teams)
        if team is None:
            continue
        free = [user for user in team.members & available if busy[user] < MOST_SESSIONS]
        if free:
            user = min(free, key=lambda each: (busy[each], each))
            busy[user] += 1
            found.append((one.session, user))
    return found


def _team(queue: QueueKey, teams: Mapping[str, Team]) -> Team | None:
    team = teams.get(queue.id) if queue.kind is QueueKind.TEAM else None
    return team if team and team.least_busy else None
