"""The second step of signing in: after the password or the link, the code."""

from aiohttp import web

from protocol.admin_api import SignInCode
from protocol.errors import ErrorCode
from relay.domain.accounts import Account, LinkPurpose
from relay.domain.tokens import token_hash
from relay.http import cookies
from relay.http.answers import Refusal, read_json
from relay.http.logins import Logins, log
from relay.http.pages import see_other
from relay.http.parts import Parts
from relay.http.second_factors import SecondFactors
from relay.storage.accounts import LinkRefused


class SecondStep:
    """The handlers. Between the steps a browser holds a cookie that is good for nothing else."""

    def __init__(self, parts: Parts, logins: Logins, second_factors: SecondFactors) -> None:
        self._parts = parts
        self._logins = logins
        self._second_factors = second_factors

    async def page(self, request: web.Request) -> web.Response:
        """GET /login/code"""
        if await self._halfway(request) is None:
            return see_other("/login")
        return self._parts.pages.render(request, "account_code")

    async def sign_in(self, request: web.Request) -> web.Response:
        """POST /api/login/code"""
        wish = await read_json(request, SignInCode)
        address = self._logins.count_try(request)
        account = await self._halfway(request)
        if account is None:
            raise Refusal(ErrorCode.SIGNED_OUT)
        await self._second_factors.check(account, wish.code)
        hashed = token_hash(cookies.token_in(request, cookies.STEP) or "")
        now = self._parts.clock.now_ms()
        try:
            account = await self._parts.accounts.use_link(LinkPurpose.CODE, hashed, now)
        except LinkRefused:
            raise Refusal(ErrorCode.SIGNED_OUT) from None
        self._logins.forgive_try(address)
        log.info("login.by_code", user=account.id, address=address)
        response = await self._logins.begin(request, account)
        cookies.take_back(response, cookies.STEP)
        return response

    async def _halfway(self, request: web.Request) -> Account | None:
        """Who has taken the first step in this browser."""
        token = cookies.token_in(request, cookies.STEP)
        if token is None:
            return None
        now = self._parts.clock.now_ms()
        return await self._parts.accounts.link_owner(LinkPurpose.CODE, token_hash(token), now)
