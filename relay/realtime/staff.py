"""Who is here to take customers, as the queues and the rules of the relay see it."""

from collections.abc import Mapping
from typing import NamedTuple

from protocol.facts import SignedInBy
from relay.domain.content import Team
from relay.domain.waiting import QueueKey, takers


class Helper(NamedTuple):
    """A user who helps in a session, by their shown name; how they signed in, if that is known,
    and the SHA-256 of their photo."""

    user_id: str
    name: str
    sign_in: SignedInBy | None = None
    photo: str = ""


class Staff(NamedTuple):
    """The users whose desks are open: those free for the next customer, and those who will be.

    `last` says when (ms) somebody who is no longer on duty last was; before `since` nobody knows,
    so everybody may have been.
    """

    available: frozenset[str]
    on_duty: frozenset[str]
    last: Mapping[str, int]
    since: int

    def nobody_ms(self, queue: QueueKey, teams: Mapping[str, Team], now: int) -> int | None:
        """For how long nobody has taken from `queue`; None: somebody does."""
        if takers(queue, self.on_duty, teams):
            return None
        left = takers(queue, frozenset(self.last), teams)
        return now - max((self.last[user] for user in left), default=self.since)
