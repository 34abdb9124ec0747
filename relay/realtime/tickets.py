"""One-time tickets: a page fetches one with its cookie and shows it on its WebSocket.

They live in memory for `limits.TICKET_S` seconds; a relay that restarts forgets them, and the
page simply fetches another.
"""

import secrets
from typing import NamedTuple

from protocol import limits
from protocol.facts import SignedInBy
from protocol.identity import to_text
from protocol.roles import Door
from relay.clock import Clock
from relay.domain.permissions import Permissions

MOST = 20_000


class TicketHolder(NamedTuple):
    """What a ticket opens: a door, for a user or a customer, at most in one session.

    `permissions` are those of the user; a customer has none and needs none.
    """

    door: Door
    user_id: str | None = None
    user_name: str = ""
    sign_in: SignedInBy | None = None
    photo: str = ""
    participant_id: str | None = None
    session: str | None = None
    permissions: Permissions = frozenset()


class Tickets:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, tuple[float, TicketHolder]] = {}

    def issue(self, holder: TicketHolder) -> str:
        """A new ticket (43 characters of base64url) for `holder`."""
        now = self._clock.monotonic()
        if len(self._held) >= MOST:
            self._held = {key: one for key, one in self._held.items() if one[0] > now}
        ticket = to_text(secrets.token_bytes(32))
        self._held[ticket] = (now + limits.TICKET_S, holder)
        return ticket

    def redeem(self, ticket: str) -> TicketHolder | None:
        """The holder, once; None when the ticket is unknown, used or too old."""
        until, holder = self._held.pop(ticket, (0.0, None))
        return holder if self._clock.monotonic() < until else None
