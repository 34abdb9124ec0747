"""Who is asking, remembered for a moment: the pieces of a file come by the hundred a second."""

from typing import Generic, TypeVar

from aiohttp import web

from relay.clock import Clock
from relay.domain.accounts import Account
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.who import Who
from relay.realtime.hub import Hub
from relay.storage.sessions import Member

T = TypeVar("T")

LASTS_S = 1.0
"""So long somebody who has just signed out may still send or fetch."""


class Remembered(Generic[T]):
    """Values by the hash of a token, each for `LASTS_S`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, tuple[float, T]] = {}

    def get(self, name: str) -> T | None:
        """What is remembered under `name`."""
        until, value = self._held.get(name, (0.0, None))
        return value if self._clock.monotonic() < until else None

    def keep(self, name: str, value: T) -> None:
        """Remember `value`; what is over is forgotten."""
        now = self._clock.monotonic()
        self._held = {one: held for one, held in self._held.items() if held[0] > now}
        self._held[name] = (now + LASTS_S, value)


class Shortly:
    """Asks the database at most once a second about each token. Raises `StorageUnavailable`."""

    def __init__(self, who: Who, hub: Hub, clock: Clock) -> None:
        self._who = who
        self._hub = hub
        self._members: Remembered[Member] = Remembered(clock)
        self._accounts: Remembered[Account] = Remembered(clock)

    async def member(self, token: str) -> Member | None:
        """Whose resume token this is."""
        name = token_hash(token)
        known = self._members.get(name)
        if known is None:
            known = await self._hub.member(name)
            if known is not None:
                self._members.keep(name, known)
        return known

    async def account(self, request: web.Request) -> Account | None:
        """Who is signed in by the request's cookie."""
        token = cookies.token_in(request, cookies.LOGIN)
        if token is None:
            return None
        name = token_hash(token)
        known = self._accounts.get(name)
        if known is None:
            known = await self._who.account(request)
            if known is not None:
                self._accounts.keep(name, known)
        return known
