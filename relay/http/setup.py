"""The first start: whoever holds the link from the relay's terminal makes the administrator."""

import structlog
from aiohttp import web

from protocol import limits
from protocol.api import SetUp
from protocol.errors import ErrorCode
from relay.domain.accounts import LinkPurpose, is_weak
from relay.domain.names import tidy
from relay.domain.tokens import token_hash
from relay.http.answers import Refusal, read_json
from relay.http.logins import Logins
from relay.http.parts import Parts
from relay.storage.accounts import LinkRefused, NameTaken

log = structlog.get_logger("setup")


class SettingUp:
    """The handlers; their routes are admitted only until there is an administrator."""

    def __init__(self, parts: Parts, logins: Logins) -> None:
        self._parts = parts
        self._logins = logins

    async def page(self, request: web.Request) -> web.Response:
        """GET /setup"""
        return self._parts.pages.render(request, "setup")

    async def set_up(self, request: web.Request) -> web.Response:
        """POST /api/setup

        The link is looked at before the password is hashed, so that only its holder makes us
        work; it is used in the transaction that makes the administrator.
        """
        wish = await read_json(request, SetUp)
        address = self._logins.count_try(request)
        accounts, now = self._parts.accounts, self._parts.clock.now_ms()
        hashed = token_hash(wish.token)
        if not await accounts.is_open_link(LinkPurpose.SET_UP, hashed, now):
            raise Refusal(ErrorCode.LINK_EXPIRED)
        self._logins.forgive_try(address)
        shown_name = tidy(wish.shown_name, limits.NAME_CHARS)
        if not shown_name:
            raise Refusal(ErrorCode.BAD_INPUT, field="shownName")
        if is_weak(wish.password, wish.name, shown_name):
            raise Refusal(ErrorCode.PASSWORD_WEAK, field="password")
        password_hash = await self._parts.passwords.hash(wish.password)
        try:
            account = await accounts.set_up(hashed, wish.name, shown_name, password_hash, now)
        except LinkRefused:
            done = await accounts.has_administrator()
            raise Refusal(ErrorCode.NOT_FOUND if done else ErrorCode.LINK_EXPIRED) from None
        except NameTaken:
            raise Refusal(ErrorCode.NAME_TAKEN, field="name") from None
        log.info("setup.done", user=account.id, address=address)
        return await self._logins.begin(request, account)
