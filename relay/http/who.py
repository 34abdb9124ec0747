"""Who is asking: the account behind a request's login cookie."""

from aiohttp import web

from protocol.errors import ErrorCode
from relay.clock import Clock
from relay.domain.accounts import Account
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.answers import Refusal
from relay.storage.accounts import AccountStore

ACCOUNT = web.RequestKey("account", Account)
"""Set on every request whose route needs more than anybody has."""


class Who:
    """Looks accounts up."""

    def __init__(self, accounts: AccountStore, clock: Clock) -> None:
        self._accounts = accounts
        self._clock = clock

    async def account(self, request: web.Request) -> Account | None:
        """Who is signed in by the request's cookie."""
        token = cookies.token_in(request, cookies.LOGIN)
        if token is None:
            return None
        return await self._accounts.signed_in(token_hash(token), self._clock.now_ms())

    async def required(self, request: web.Request) -> Account:
        """As `account`. Raises `Refusal` SIGNED_OUT when it is nobody."""
        account = await self.account(request)
        if account is None:
            raise Refusal(ErrorCode.SIGNED_OUT)
        return account
